package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.WorkQueue;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.testing.TcpProxy;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class JobStatsIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private JobCounting counting;

    @Autowired
    private QueueCounting queueCounting;

    @Autowired
    private NewCounters newCounters;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    @Qualifier("databaseProxy")
    private TcpProxy databaseProxy;

    @BeforeEach
    void reconcile() {
        this.newCounters.reconcile();
    }

    @Test
    void countsEveryMove() {
        List<String> ids = submit(5);
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.api.callback(ids.get(1), 1, "FAILED", "e");
        this.api.callback(ids.get(2), 1, "FAILED", "e");
        this.api.call(HttpMethod.POST, "/jobs/" + ids.get(2) + "/retry");
        this.api.call(HttpMethod.POST, "/jobs/" + ids.get(3) + "/cancel");
        eventually(() -> assertCounts(2, 1, 1, 1));
        this.api.call(HttpMethod.DELETE, "/jobs/" + ids.get(1));
        eventually(() -> assertCounts(2, 1, 0, 1));
    }

    @Test
    void tellsRunningJobsFromWaitingOnes() {
        List<String> ids = submit(3);
        eventually(() -> assertThat(stats().path("oldestWaiting").asString()).isEqualTo(createdAt(ids.get(0))));
        this.work.started(ids.get(0), 1, "worker-1");
        eventually(() -> {
            assertThat(stats().get("running").longValue()).isEqualTo(1);
            assertThat(stats().path("oldestWaiting").asString()).isEqualTo(createdAt(ids.get(1)));
        });
        ids.forEach((id) -> this.api.callback(id, 1, "COMPLETED", "r"));
        eventually(() -> {
            assertThat(stats().get("running").longValue()).isZero();
            assertThat(stats().has("oldestWaiting")).isFalse();
        });
    }

    @Test
    void showsTheLastHourMinuteByMinute() {
        eventually(() -> assertThat(stats().has("timeToComplete")).isFalse());
        List<String> ids = submit(3);
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.api.callback(ids.get(1), 1, "COMPLETED", "r");
        this.api.callback(ids.get(2), 1, "FAILED", "e");
        eventually(() -> {
            JsonNode stats = stats();
            assertThat(stats.get("perMinute")).hasSize(60);
            assertThat(sum(stats, "completed")).isEqualTo(2);
            assertThat(sum(stats, "failed")).isEqualTo(1);
            assertThat(stats.get("timeToComplete").get("p95").doubleValue()).isPositive();
        });
        assertThat(stats().get("perMinute").get(0).get("minute").stringValue())
            .isLessThan(stats().get("perMinute").get(59).get("minute").stringValue());
    }

    @Test
    void addsUpTheTokensOfTheLastHour() {
        List<String> ids = submit(2);
        eventually(() -> assertThat(stats().has("tokens")).isFalse());
        ids.forEach((id) -> report(id, Map.of("model", "gpt-4.1", "inputTokens", 100, "outputTokens", 7)));
        eventually(() -> {
            JsonNode tokens = stats().path("tokens");
            assertThat(tokens).hasSize(1);
            assertThat(tokens.get(0).toString())
                .isEqualTo("{\"queue\":\"default\",\"model\":\"gpt-4.1\",\"inputTokens\":200,\"outputTokens\":14}");
        });
    }

    @Test
    void tellsWhatWaitsInAQueueAndWhatBecameOfItsJobs() {
        List<String> ids = submit(5);
        this.api.post("/jobs", Map.of("prompt", "later", "runAt", Instant.now().plusSeconds(3600)), Map.of())
            .retrieve()
            .toBodilessEntity();
        ids.subList(0, 3).forEach((id) -> this.work.started(id, 1, "worker-1"));
        eventually(() -> assertThat(queueStats().get("running").longValue()).isEqualTo(3));
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.api.callback(ids.get(1), 1, "FAILED", "e");
        eventually(() -> {
            JsonNode stats = queueStats();
            assertThat(stats.get("queue").stringValue()).isEqualTo("default");
            assertThat(stats.get("waiting").longValue()).isEqualTo(2);
            assertThat(stats.get("scheduled").longValue()).isEqualTo(1);
            assertThat(stats.get("deferred").longValue()).isZero();
            assertThat(stats.get("running").longValue()).isEqualTo(1);
            assertThat(stats.get("oldestWaiting").stringValue()).isEqualTo(createdAt(ids.get(3)));
            assertThat(stats.get("completed").longValue()).isEqualTo(1);
            assertThat(stats.get("failed").longValue()).isEqualTo(1);
            assertThat(stats.get("waitTime").get("p95").doubleValue()).isPositive();
            assertThat(stats.get("runTime").get("median").doubleValue()).isPositive();
            assertThat(stats.get("failures").toString()).isEqualTo("[{\"errorCode\":\"reported\",\"count\":1}]");
        });
    }

    @ParameterizedTest
    @CsvSource({ "hour, 60, 60", "day, 600, 144", "week, 3600, 168" })
    void showsWhatFinishedInTheLastHourDayOrWeek(String range, int seconds, int slots) {
        List<String> ids = submit(2);
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.api.callback(ids.get(1), 1, "FAILED", "e");
        this.queueCounting.store();
        String path = "/jobs/stats/history?range=" + range;
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonNode history = get(path + "&queue=default");
            assertThat(history.get("slotSeconds").intValue()).isEqualTo(seconds);
            assertThat(history.get("slots")).hasSize(slots);
            JsonNode newest = history.get("slots").get(slots - 1);
            JsonNode before = history.get("slots").get(slots - 2);
            assertThat(newest.get("completed").longValue() + before.get("completed").longValue()).isPositive();
            assertThat(newest.get("failed").longValue() + before.get("failed").longValue()).isPositive();
        });
        assertThat(get(path + "&queue=other").get("slots")).allSatisfy((slot) -> assertThat(slot).hasSize(3));
    }

    @Test
    void refusesUnknownRanges() {
        assertThat(this.api.call(HttpMethod.GET, "/jobs/stats/history?range=year").getStatusCode().value())
            .isEqualTo(400);
    }

    private JsonNode queueStats() {
        return get("/jobs/stats/queues").get(0);
    }

    private JsonNode get(String path) {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, path).getBody());
    }

    @Test
    void countsJobsThatWereThereBeforeTheCounters() {
        List<String> ids = submit(3);
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.counting.store();
        this.mongo.remove(new Query(), JobCounters.COLLECTION);
        reconcile();
        eventually(() -> assertCounts(2, 1, 0, 0));
    }

    @Test
    void findsWhatAnInstanceDidNotLiveToCount() {
        submit(2);
        this.counting.store();
        JobTally lost = new JobTally();
        lost.add(JobStatus.PENDING, -1);
        new JobCounters(this.mongo).add(lost);
        reconcile();
        reconcile();
        eventually(() -> assertCounts(2, 0, 0, 0));
    }

    @Test
    void recoversWithTheDatabase() {
        submit(1);
        eventually(() -> assertCounts(1, 0, 0, 0));
        this.databaseProxy.refuse();
        eventually(() -> assertStatsAreAnswered(503));
        this.databaseProxy.resume();
        eventually(() -> assertStatsAreAnswered(200));
        eventually(() -> assertCounts(1, 0, 0, 0));
    }

    private void report(String id, Map<String, Object> usage) {
        Map<String, Object> report = Map.of("jobId", id, "attempt", 1, "result", "r", "usage", usage);
        this.api.post("/jobs/webhook/callback", report, Map.of("x-webhook-secret", "sesame"))
            .retrieve()
            .toBodilessEntity();
    }

    private void assertStatsAreAnswered(int status) {
        assertThat(this.api.call(HttpMethod.GET, "/jobs/stats").getStatusCode().value()).isEqualTo(status);
    }

    private List<String> submit(int jobs) {
        return IntStream.range(0, jobs).mapToObj((i) -> this.api.submit("job " + i).id()).toList();
    }

    private void assertCounts(long pending, long completed, long failed, long cancelled) {
        JsonNode counts = stats().get("counts");
        assertThat(List.of(count(counts, "PENDING"), count(counts, "COMPLETED"), count(counts, "FAILED"),
                count(counts, "CANCELLED")))
            .containsExactly(pending, completed, failed, cancelled);
    }

    private JsonNode stats() {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/stats").getBody());
    }

    private String createdAt(String id) {
        JsonNode job = Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/" + id).getBody());
        return job.get("createdAt").stringValue();
    }

    private static long count(JsonNode counts, String status) {
        return counts.get(status).longValue();
    }

    private static long sum(JsonNode stats, String field) {
        long sum = 0;
        for (JsonNode minute : stats.get("perMinute")) {
            sum += minute.get(field).longValue();
        }
        return sum;
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().untilAsserted(assertion);
    }

}
