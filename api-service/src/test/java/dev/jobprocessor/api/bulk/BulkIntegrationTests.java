package dev.jobprocessor.api.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.bulk.BulkOperation.State;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobAction;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class BulkIntegrationTests {

    private static final BulkFilter ALL = new BulkFilter(null, null, null, null, null, null, null, null, null, null,
            null, null);

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private BulkOperations operations;

    @Autowired
    private BulkJobs jobs;

    @Autowired
    private DatabaseErrors databaseErrors;

    @BeforeEach
    void forgetOperations() {
        this.mongo.remove(new Query(), BulkOperation.class);
    }

    @Test
    void retriesAllThatMatchOfManyBatchesAndNoOthers() {
        List<String> failed = failed(2 * BulkJobs.BATCH + 1);
        JobView tagged = submit(Map.of("prompt", "other", "tags", List.of("keep")));
        fail(tagged.id());
        String completed = this.api.submit("completed").id();
        this.api.callback(completed, 1, "COMPLETED", "r");

        JsonNode operation = finished(request("retry", Map.of("status", List.of("FAILED"), "errorCode", "reported",
                "createdBefore", tagged.createdAt().toString())));

        assertThat(operation.path("total").intValue()).isEqualTo(failed.size());
        assertThat(operation.path("done").intValue()).isEqualTo(failed.size());
        assertThat(operation.path("skipped").intValue()).isZero();
        await().untilAsserted(
                () -> assertThat(this.api.call(HttpMethod.GET, "/bulk").getBody()).containsExactly(operation));
        assertThat(failed).allSatisfy((id) -> assertThat(this.api.find(id).attempt()).isEqualTo(2));
        assertThat(this.api.find(tagged.id()).status()).isEqualTo(JobStatus.FAILED);
        assertThat(this.api.find(completed).attempt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(count("FAILED")).isEqualTo(1));
    }

    @Test
    void cancelsAndDeletesWhatItsStateAllows() {
        List<String> pending = this.api.submitAll(List.of("a", "b"));
        List<String> failed = failed(2);
        assertThat(finished(request("cancel", Map.of())).path("done").intValue()).isEqualTo(2);
        assertThat(pending).allSatisfy((id) -> assertThat(this.api.find(id).status()).isEqualTo(JobStatus.CANCELLED));
        assertThat(finished(request("delete", Map.of("status", List.of("FAILED", "PENDING")))).path("done").intValue())
            .isEqualTo(2);
        assertThat(this.api.list("").getBody()).extracting(JobView::id)
            .containsExactlyInAnyOrderElementsOf(pending)
            .doesNotContainAnyElementsOf(failed);
    }

    @Test
    void countsOnlyInADryRun() {
        String id = failed(1).getFirst();
        ResponseEntity<JsonNode> answer = post(Map.of("action", "retry", "filter", Map.of(), "dryRun", true));
        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(Objects.requireNonNull(answer.getBody()).toString()).isEqualTo("{\"total\":1}");
        assertThat(this.api.find(id).attempt()).isEqualTo(1);
        assertThat(this.operations.all()).isEmpty();
    }

    /** Otherwise a job that fails at once would be retried for ever. */
    @Test
    void touchesNothingThatFailedOrWasCreatedAfterTheRequest() {
        String failedBefore = failed(1).getFirst();
        String pending = this.api.submit("fails later").id();
        BulkOperation operation = BulkOperation.requested(JobAction.RETRY, ALL, null, Instant.now(), 1);
        assertThat(batch(operation)).extracting(BulkBatch::done, BulkBatch::isLast).containsExactly(1, true);
        this.api.callback(failedBefore, 2, "FAILED", "again");
        fail(pending);
        fail(this.api.submit("later").id());
        assertThat(batch(operation)).extracting(BulkBatch::done, BulkBatch::skipped).containsExactly(0, 0);
    }

    @Test
    void hasNothingLeftWhereTheLastBatchIsFull() {
        failed(BulkJobs.BATCH);
        BulkOperation operation = BulkOperation.requested(JobAction.DELETE, ALL, null, Instant.now(), BulkJobs.BATCH);
        BulkBatch batch = batch(operation);
        assertThat(batch).extracting(BulkBatch::done, BulkBatch::isLast).containsExactly(BulkJobs.BATCH, false);
        assertThat(batch(after(operation, batch))).isEqualTo(new BulkBatch(0, 0, null, true));
    }

    @Test
    void actsOnNothingWhereTheFilterExcludesWhatTheActionIsFor() {
        failed(1);
        for (Map<String, Object> filter : List.<Map<String, Object>>of(Map.of("status", List.of("COMPLETED")),
                Map.of("q", "***"), Map.of("tag", "none"), Map.of("metadata", Map.of("a", "b")))) {
            JsonNode operation = finished(request("retry", filter));
            assertThat(operation.path("total").intValue()).as("%s", filter).isZero();
            assertThat(operation.path("done").intValue()).as("%s", filter).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(JobAction.class)
    void finishesTheBatchOfAKilledInstanceOnceItsLeaseHasExpired(JobAction action) {
        List<String> ids = (action == JobAction.CANCEL) ? this.api.submitAll(List.of("a", "b", "c", "d", "e"))
                : failed(5);
        Instant now = Instant.now();
        BulkOperation killed = BulkOperation.requested(action, ALL, null, now, 5);
        this.operations.insert(killed);
        BulkOperation leased = this.operations.lease(now).orElseThrow();
        List<BulkJob> batch = this.jobs.next(leased);
        assertThat(this.operations.begin(leased, batch)).isTrue();
        this.jobs.act(leased, batch.subList(0, 3));
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(killed.id())),
                Update.update("due", now.plusSeconds(2)), BulkOperation.class);

        JsonNode operation = finished(killed.id());
        assertThat(Instant.parse(operation.path("endedAt").stringValue())).isAfter(now.plusSeconds(2));
        assertThat(operation.path("done").intValue()).isEqualTo(5);
        assertThat(operation.path("skipped").intValue()).isZero();
        assertThat(this.operations.find(killed.id()).orElseThrow().batch()).isNull();
        assertThat(ids).allSatisfy((id) -> {
            assertThat(this.api.call(HttpMethod.GET, "/jobs/" + id).getStatusCode().value())
                .isEqualTo((action == JobAction.DELETE) ? 404 : 200);
            if (action == JobAction.RETRY) {
                assertThat(this.api.find(id).attempt()).isEqualTo(2);
            }
        });
    }

    @Test
    void countsWhatOthersDidToJobsOfABatchAsSkipped() {
        List<String> failed = failed(2);
        BulkOperation operation = BulkOperation.requested(JobAction.RETRY, ALL, null, Instant.now(), 2);
        List<BulkJob> batch = this.jobs.next(operation);
        this.api.call(HttpMethod.POST, "/jobs/" + failed.getFirst() + "/retry");
        assertThat(this.jobs.act(operation, batch)).extracting(BulkBatch::done, BulkBatch::skipped)
            .containsExactly(1, 1);
    }

    @Test
    void beginsNoBatchWhoseLeaseAnotherInstanceHas() {
        Instant due = Instant.now().plusSeconds(3600);
        stored(due);
        BulkOperation slow = this.operations.lease(due).orElseThrow();
        assertThat(this.operations.begin(slow, List.of())).isTrue();
        assertThat(this.operations.lease(due.plus(BulkOperations.LEASE))).isPresent();
        assertThat(this.operations.begin(slow, List.of())).isFalse();
    }

    @Test
    void recordsNothingOfABatchWhoseLeaseAnotherInstanceHas() {
        BulkOperation operation = stored(Instant.now().plusSeconds(3600));
        Instant expired = operation.due();
        BulkOperation slow = this.operations.lease(Objects.requireNonNull(expired)).orElseThrow();
        BulkOperation other = this.operations.lease(expired.plus(BulkOperations.LEASE)).orElseThrow();
        this.operations.record(slow, new BulkBatch(7, 0, null, true), expired, Duration.ZERO);
        assertThat(this.operations.find(operation.id()))
            .hasValueSatisfying((found) -> assertThat(found).isEqualTo(other));
    }

    @Test
    void leasesEachOperationToOneInstanceUntilTheLeaseExpires() {
        Instant due = Instant.now().plusSeconds(3600);
        BulkOperation first = stored(due);
        assertThat(this.operations.lease(due.minusMillis(1))).isEmpty();
        assertThat(this.operations.lease(due)).map(BulkOperation::id).hasValue(first.id());
        assertThat(this.operations.lease(due.plus(BulkOperations.LEASE).minusMillis(1))).isEmpty();
        assertThat(this.operations.lease(due.plus(BulkOperations.LEASE))).isPresent();
    }

    @Test
    void twoInstancesShareTheWork() {
        List<String> failed = failed(3 * BulkJobs.BATCH);
        BulkWork other = new BulkWork(this.operations, this.jobs, this.databaseErrors, Clock.systemUTC());
        String id = request("retry", Map.of());
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            other.work();
            return !operation(id).path("state").stringValue().equals("running");
        });
        assertThat(operation(id).path("done").intValue()).isEqualTo(failed.size());
        assertThat(failed).allSatisfy((job) -> assertThat(this.api.find(job).attempt()).isEqualTo(2));
    }

    @Test
    void endsWhatIsCancelledAndKeepsWhatIsDone() {
        Instant due = Instant.now().plusSeconds(3600);
        BulkOperation operation = stored(due);
        BulkOperation leased = this.operations.lease(due).orElseThrow();
        JsonNode cancelled = Objects
            .requireNonNull(this.api.call(HttpMethod.POST, "/bulk/" + operation.id() + "/cancel").getBody());
        assertThat(cancelled.path("state").stringValue()).isEqualTo("cancelled");
        this.operations.record(leased, new BulkBatch(3, 1, null, false), due, Duration.ZERO);
        JsonNode after = operation(operation.id());
        assertThat(after.path("state").stringValue()).isEqualTo("cancelled");
        assertThat(after.path("done").intValue()).isEqualTo(3);
        assertThat(this.operations.lease(due.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(this.api.call(HttpMethod.POST, "/bulk/" + operation.id() + "/cancel").getBody()).isEqualTo(after);
    }

    @Test
    void refusesMoreThanMayRunAndKeepsTheLastThatEnded() {
        Instant later = Instant.now().plusSeconds(3600);
        IntStream.range(0, BulkOperations.MAX_RUNNING).forEach((i) -> stored(later));
        assertThatExceptionOfType(TooManyOperations.class).isThrownBy(() -> stored(later));
        ResponseEntity<JsonNode> refused = post(Map.of("action", "delete", "filter", Map.of()));
        assertThat(refused.getStatusCode().value()).isEqualTo(409);
        this.operations.all().forEach((operation) -> this.operations.cancel(operation.id(), later));
        for (int i = BulkOperations.MAX_RUNNING; i <= BulkOperations.KEPT; i++) {
            this.operations.cancel(stored(later.plusSeconds(i)).id(), later);
        }
        stored(later.plusSeconds(1000));
        assertThat(this.operations.all()).hasSize(BulkOperations.KEPT + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    {"filter": {}}                                                    | action must be retry, cancel or delete
                    {"action": "retry"}                                               | filter must have the parameters of GET /jobs
                    {"action": "run", "filter": {}}                                   | action
                    {"action": "retry", "filter": {"tags": "a"}}                      | filter.tags is not known
                    {"action": "retry", "filter": {"status": ["DONE"]}}               | filter.status.[0]
                    {"action": "retry", "filter": {"queue": "LLM"}}                   | queue must have 1 to 64
                    {"action": "retry", "filter": {"state": "late"}}                  | state must be scheduled
                    {"action": "retry", "filter": {"tag": "a", "worker": "b"}}        | No index serves tag and worker together
                    {"action": "retry", "filter": {"metadata": {"a.b": "c"}}}         | metadata
                    {"action": "retry", "filter": {"metadata": {"a": "c", "b": "d"}}} | No index serves metadata
                    """)
    void refusesWhatIsNoFilter(String body, String reason) {
        ResponseEntity<JsonNode> answer = post(body);
        assertThat(answer.getStatusCode().value()).isEqualTo(400);
        assertThat(Objects.requireNonNull(answer.getBody()).toString()).contains(reason);
        assertThat(this.operations.all()).isEmpty();
    }

    @Test
    void searchesForTextsUpToTheLimit() {
        assertThat(
                post(Map.of("action", "retry", "dryRun", true, "filter", Map.of("q", "x".repeat(200)))).getStatusCode()
                    .value())
            .isEqualTo(200);
        assertThat(
                post(Map.of("action", "retry", "dryRun", true, "filter", Map.of("q", "x".repeat(201)))).getStatusCode()
                    .value())
            .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({ "6925f0a1c3b2a40f5d1e7a01", "x" })
    void knowsNoOtherOperation(String id) {
        assertThat(this.api.call(HttpMethod.GET, "/bulk/" + id).getStatusCode().value()).isEqualTo(404);
        assertThat(this.api.call(HttpMethod.POST, "/bulk/" + id + "/cancel").getStatusCode().value()).isEqualTo(404);
    }

    private List<String> failed(int number) {
        List<String> ids = this.api.submitAll(IntStream.range(0, number).mapToObj((i) -> "job " + i).toList());
        ids.forEach(this::fail);
        return ids;
    }

    private void fail(String id) {
        this.api.callback(id, 1, "FAILED", "The model gave up");
    }

    private JobView submit(Map<String, Object> job) {
        return Objects.requireNonNull(this.api.post("/jobs", job, Map.of()).retrieve().body(JobView.class));
    }

    private BulkOperation stored(Instant due) {
        BulkOperation operation = new BulkOperation(new ObjectId().toHexString(), JobAction.RETRY, ALL, null, due,
                State.RUNNING, 1, 0, 0, null, due, null, null, null);
        this.operations.insert(operation);
        return operation;
    }

    private static BulkOperation after(BulkOperation operation, BulkBatch batch) {
        return new BulkOperation(operation.id(), operation.action(), operation.filter(), null, operation.requestedAt(),
                State.RUNNING, operation.total(), batch.done(), batch.skipped(), batch.last(), operation.due(), null,
                null, null);
    }

    private BulkBatch batch(BulkOperation operation) {
        return this.jobs.act(operation, this.jobs.next(operation));
    }

    /** The id of the operation. */
    private String request(String action, Map<String, Object> filter) {
        ResponseEntity<JsonNode> answer = post(new HashMap<>(Map.of("action", action, "filter", filter)));
        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        String id = Objects.requireNonNull(answer.getBody()).path("id").stringValue();
        assertThat(answer.getHeaders().getLocation()).hasToString("/bulk/" + id);
        return id;
    }

    private ResponseEntity<JsonNode> post(Object body) {
        return this.api.post("/bulk", body, Map.of()).retrieve().toEntity(JsonNode.class);
    }

    private JsonNode operation(String id) {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/bulk/" + id).getBody());
    }

    private JsonNode finished(String id) {
        await().atMost(Duration.ofMinutes(1)).until(() -> operation(id).path("state").stringValue().equals("finished"));
        return operation(id);
    }

    private @Nullable Long count(String status) {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/stats").getBody())
            .path("counts")
            .path(status)
            .longValue();
    }

}
