package dev.jobprocessor.api.failures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class FailuresIntegrationTests {

    private static final Instant LONG_AGO = Instant.EPOCH;

    @Autowired
    private ApiClient api;

    @Autowired
    private FailedJobs jobs;

    @Autowired
    private MongoOperations mongo;

    @Test
    void groupsJobsThatFailedForTheSameReason() {
        JobView first = failed(null, "No answer to request 17 within 30 s");
        JobView second = failed(null, "No answer to request 18 within 60 s");
        JobView ofAnotherQueue = failed("llm", "No answer to request 19 within 30 s");
        failed(null, "Out of memory");
        this.api.callback(this.api.submit("completed").id(), 1, "COMPLETED", "r");
        String failure = "reported: No answer to request # within # s";

        Failures failures = this.jobs.since(LONG_AGO);

        assertThat(failures.jobs()).isEqualTo(4);
        assertThat(failures.more()).isFalse();
        assertThat(failures.groups()).hasSize(3)
            .startsWith(new FailureGroup(failure, "default", 2, endOf(first), endOf(second)))
            .contains(new FailureGroup(failure, "llm", 1, endOf(ofAnotherQueue), endOf(ofAnotherQueue)))
            .extracting(FailureGroup::failure)
            .contains("reported: Out of memory");
        assertThat(first.failure()).isEqualTo(failure);
        assertThat(found("failure", failure)).containsExactly(ofAnotherQueue.id(), second.id(), first.id());
        assertThat(found("failure", failure, "queue", "llm", "status", "FAILED")).containsExactly(ofAnotherQueue.id());
        assertThat(found("failure", "reported: No answer")).isEmpty();
    }

    @Test
    void looksAtThoseThatAreFailedNowAndFailedSince() {
        JobView retried = failed(null, "a");
        JobView old = failed(null, "b");
        JobView last = failed(null, "c");
        this.api.call(HttpMethod.POST, "/jobs/" + retried.id() + "/retry");
        assertThat(this.jobs.since(LONG_AGO).groups()).extracting(FailureGroup::failure)
            .containsExactlyInAnyOrder("reported: b", "reported: c");
        assertThat(this.api.find(retried.id()).failure()).isNull();
        assertThat(this.jobs.since(endOf(last)).groups()).extracting(FailureGroup::failure).contains("reported: c");
        assertThat(this.jobs.since(endOf(last).plusMillis(1)).groups()).isEmpty();
        assertThat(this.jobs.since(endOf(old)).jobs()).isBetween(1L, 2L);
    }

    /** It would lead to a group that it is not in. */
    @Test
    void showsNoGroupOfWhatFailedBeforeThereWereGroups() {
        JobView old = failed(null, "a");
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(old.id())), new Update().unset("failure"),
                Job.class);
        assertThat(this.api.find(old.id()).failure()).isNull();
        assertThat(this.jobs.since(LONG_AGO).groups()).isEmpty();
    }

    @Test
    void looksAtNoMoreThanTheLast() {
        failed(null, "first");
        List.of("a", "a").forEach((error) -> failed(null, error));
        assertThat(this.jobs.since(LONG_AGO, 3).more()).isFalse();
        Failures bounded = this.jobs.since(LONG_AGO, 2);
        assertThat(bounded.more()).isTrue();
        assertThat(bounded.jobs()).isEqualTo(2);
    }

    @Test
    void showsThoseOfAPeriod() {
        failed(null, "a");
        for (String period : List.of("hour", "day", "week", "month")) {
            await().untilAsserted(() -> assertThat(body("?period=" + period).path("jobs").intValue()).isEqualTo(1));
        }
        JsonNode group = body("").path("groups").path(0);
        assertThat(group.path("failure").stringValue()).isEqualTo("reported: a");
        assertThat(this.api.call(HttpMethod.GET, "/failures?period=year").getStatusCode().value()).isEqualTo(400);
    }

    @Test
    void retriesAllOfAGroup() {
        JobView one = failed(null, "Request 1 failed");
        JobView other = failed(null, "Other");
        JsonNode counted = this.api
            .post("/bulk", Map.of("action", "retry", "dryRun", true, "filter", Map.of("failure", one.failure())),
                    Map.of())
            .retrieve()
            .body(JsonNode.class);
        assertThat(Objects.requireNonNull(counted).path("total").intValue()).isOne();
        assertThat(other.failure()).isNotEqualTo(one.failure());
    }

    private JsonNode body(String query) {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/failures" + query).getBody());
    }

    private List<String> found(String... parameters) {
        UriComponentsBuilder query = UriComponentsBuilder.newInstance();
        for (int i = 0; i < parameters.length; i += 2) {
            query.queryParam(parameters[i], parameters[i + 1]);
        }
        return Objects.requireNonNull(this.api.list(query.encode().build().toUriString()).getBody())
            .stream()
            .map(JobView::id)
            .toList();
    }

    private JobView failed(@Nullable String queue, String error) {
        Map<String, Object> job = (queue != null) ? Map.of("prompt", "p", "queue", queue) : Map.of("prompt", "p");
        String id = Objects.requireNonNull(this.api.post("/jobs", job, Map.of()).retrieve().body(JobView.class)).id();
        this.api.callback(id, 1, "FAILED", error);
        return this.api.find(id);
    }

    private static Instant endOf(JobView job) {
        return Objects.requireNonNull(job.completedAt());
    }

}
