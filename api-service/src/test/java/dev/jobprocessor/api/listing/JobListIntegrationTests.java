package dev.jobprocessor.api.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.JobResult;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.TcpProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class JobListIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    @Qualifier("databaseProxy")
    private TcpProxy databaseProxy;

    @Test
    void listsNewestFirst() {
        List<String> ids = submit(3);
        assertThat(idsOf(this.api.list("")).reversed()).isEqualTo(ids);
    }

    @Test
    void showsOwnWriteAtOnce() {
        for (int i = 0; i < 20; i++) {
            String id = this.api.submit("job " + i).id();
            assertThat(idsOf(this.api.list(""))).startsWith(id);
        }
    }

    @Test
    void pagesThroughJobsOfTheSameMillisecondWithoutGapOrRepeat() {
        List<String> prompts = IntStream.range(0, 25).mapToObj((i) -> "job " + i).toList();
        List<String> ids = this.api.submitAll(prompts);
        List<String> paged = new ArrayList<>();
        String query = "?limit=10";
        for (int page = 0; page < 3; page++) {
            ResponseEntity<List<JobView>> response = this.api.list(query);
            paged.addAll(idsOf(response));
            String next = next(response);
            assertThat(next == null).isEqualTo(page == 2);
            query = (next != null) ? next : query;
        }
        assertThat(paged.reversed()).isEqualTo(ids);
    }

    @Test
    void linksToNoPageBeyondTheLast() {
        submit(3);
        assertThat(next(this.api.list("?limit=3"))).isNull();
        assertThat(next(this.api.list("?limit=2"))).isNotNull();
    }

    @Test
    void filtersByStatus() {
        List<String> ids = submit(3);
        this.api.callback(ids.get(0), 1, "COMPLETED", "r");
        this.api.callback(ids.get(1), 1, "FAILED", "e");
        assertThat(idsOf(this.api.list("?status=COMPLETED,FAILED"))).containsExactly(ids.get(1), ids.get(0));
        assertThat(idsOf(this.api.list("?status=PENDING"))).containsExactly(ids.get(2));
        assertThat(idsOf(this.api.list("?status=CANCELLED"))).isEmpty();
    }

    @Test
    void findsJobsByBeginningsOfWordsAndById() {
        String first = this.api.submit("Summarise the Quarterly report").id();
        String second = this.api.submit("Quarterly figures, please").id();
        assertThat(idsOf(this.api.list("?q=quarter"))).containsExactly(second, first);
        assertThat(idsOf(this.api.list("?q=QUARTERLY%20rep"))).containsExactly(first);
        assertThat(idsOf(this.api.list("?q=arterly"))).isEmpty();
        assertThat(idsOf(this.api.list("?q=" + second))).containsExactly(second);
        assertThat(idsOf(this.api.list("?q=%20.*%20"))).isEmpty();
    }

    @Test
    void answersNotModifiedUntilSomethingChanges() {
        List<String> ids = submit(1);
        await().until(() -> this.api.find(ids.getFirst()).version() == 2); // published
        for (String query : List.of("", "?limit=5", "?q=job")) {
            String tag = tagOf(this.api.list(query));
            assertThat(statusWithTag(query, tag)).isEqualTo(304);
        }
        String tag = tagOf(this.api.list(""));
        this.api.callback(ids.getFirst(), 1, "COMPLETED", "r");
        assertThat(statusWithTag("", tag)).isEqualTo(200);
    }

    @Test
    void answersNotModifiedUntilTheJobChanges() {
        String id = this.api.submit("a").id();
        this.api.callback(id, 1, "COMPLETED", "é".repeat(JobResult.MAX_BYTES / 2));
        await().untilAsserted(() -> assertThat(statusWithTag("/" + id, jobTag(id))).isEqualTo(304));
        String tag = jobTag(id);
        this.api.callback(id, 1, "COMPLETED", "another result");
        assertThat(statusWithTag("/" + id, tag)).isEqualTo(200);
        assertThat(jobTag(id)).isNotEqualTo(tag);
    }

    @Test
    void showsOnlyTheHeadOfLargeResults() {
        String id = this.api.submit("a").id();
        String result = "é".repeat(JobResult.MAX_BYTES / 2);
        assertThat(this.api.callback(id, 1, "COMPLETED", result).getStatusCode().value()).isEqualTo(200);
        JobView listed = bodyOf(this.api.list("")).getFirst();
        assertThat(listed.result()).hasSize(JobResult.HEAD_BYTES / 2);
        assertThat(listed.resultTruncated()).isTrue();
        assertThat(this.api.find(id).result()).isEqualTo(result);
        assertThat(this.api.callback(id, 1, "COMPLETED", result).getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void makesOneJobOfOneIdempotencyKey() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<String>> ids = IntStream.range(0, 16)
                .mapToObj((i) -> CompletableFuture.supplyAsync(() -> idOf(this.api.submit("a", "key")), threads))
                .toList();
            assertThat(ids.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        }
        assertThat(idsOf(this.api.list(""))).hasSize(1);
        assertThat(this.api.submit("a", "key").getHeaders().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(this.api.submit("b", "key").getStatusCode().value()).isEqualTo(422);
        assertThat(this.api.submit("b", "other-key").getStatusCode().value()).isEqualTo(201);
    }

    @Test
    void returns503WhileTheDatabaseIsUnavailableAndRecovers() {
        String id = this.api.submit("a").id();
        this.databaseProxy.refuse();
        ResponseEntity<JsonNode> refused = this.api.submit("b", null);
        assertThat(refused.getStatusCode().value()).isEqualTo(503);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
        assertThat(this.api.call(HttpMethod.GET, "/health").getStatusCode().value()).isEqualTo(503);
        assertThat(this.api.call(HttpMethod.GET, "/jobs/" + id).getStatusCode().value()).isEqualTo(503);
        assertThat(this.api.manage(HttpMethod.GET, "/actuator/health/readiness").getStatusCode().value())
            .isEqualTo(503);
        assertThat(this.api.manage(HttpMethod.GET, "/actuator/health/liveness").getStatusCode().value()).isEqualTo(200);
        this.databaseProxy.resume();
        await().untilAsserted(
                () -> assertThat(this.api.call(HttpMethod.GET, "/health").getStatusCode().value()).isEqualTo(200));
        assertThat(this.api.find(id).id()).isEqualTo(id);
    }

    @Test
    void refusesCallsAtOnceWhileTheDatabaseIsFrozenAndRecovers() {
        String id = this.api.submit("a").id();
        this.databaseProxy.stall();
        assertThat(this.api.call(HttpMethod.GET, "/jobs/" + id).getStatusCode().value()).isEqualTo(503);
        await().untilAsserted(
                () -> assertThat(this.api.submit("a", null).toString()).contains("The database is unavailable"));
        assertThat(this.api.call(HttpMethod.GET, "/health").getStatusCode().value()).isEqualTo(503);
        this.databaseProxy.resume();
        await().untilAsserted(() -> assertThat(this.api.submit("b", null).getStatusCode().value()).isEqualTo(201));
    }

    private List<String> submit(int jobs) {
        return IntStream.range(0, jobs).mapToObj((i) -> this.api.submit("job " + i).id()).toList();
    }

    private int statusWithTag(String query, String tag) {
        return this.api.get("/jobs" + query)
            .header(HttpHeaders.IF_NONE_MATCH, tag)
            .retrieve()
            .toBodilessEntity()
            .getStatusCode()
            .value();
    }

    private String jobTag(String id) {
        return Objects.requireNonNull(this.api.get("/jobs/" + id).retrieve().toBodilessEntity().getHeaders().getETag());
    }

    private static String tagOf(ResponseEntity<List<JobView>> response) {
        return Objects.requireNonNull(response.getHeaders().getETag());
    }

    private static @Nullable String next(ResponseEntity<List<JobView>> response) {
        String link = response.getHeaders().getFirst(HttpHeaders.LINK);
        Matcher matcher = Pattern.compile("<[^?]*(\\?[^>]*)>; rel=\"next\"").matcher((link != null) ? link : "");
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static String idOf(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody()).get("id").stringValue();
    }

    private static List<String> idsOf(ResponseEntity<List<JobView>> response) {
        return bodyOf(response).stream().map(JobView::id).toList();
    }

    private static List<JobView> bodyOf(ResponseEntity<List<JobView>> response) {
        return Objects.requireNonNull(response.getBody());
    }

}
