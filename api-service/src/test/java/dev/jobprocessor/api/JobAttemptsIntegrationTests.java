package dev.jobprocessor.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobEvent.Type;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.ExampleEvents;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class JobAttemptsIntegrationTests {

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private MongoOperations mongo;

    @Test
    void publishesDeferredJobWhenItIsDueWithoutUsingUpAnAttempt() {
        JobView job = this.api.submit("a");
        this.work.take();
        start(job, 1, "one", false);
        Instant before = Instant.now();
        JsonNode deferred = body(defer(job, 1, 2, "asked to wait"));
        assertThat(deferred.get("status").stringValue()).isEqualTo("PENDING");
        assertThat(deferred.has("startedAt")).isFalse();
        assertThat(deferred.has("worker")).isFalse();
        assertThat(Instant.parse(deferred.get("nextAttemptAt").stringValue())).isBetween(before.plusMillis(1999),
                Instant.now().plusSeconds(2));
        assertThat(deferred.get("deferralReason").stringValue()).isEqualTo("asked to wait");
        assertThat(this.work.take().get("attempt").intValue()).isEqualTo(1);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(1990));
        assertThat(start(job, 1, "two", false).getStatusCode().value()).isEqualTo(200);
        JobView running = this.api.find(job.id());
        assertThat(running.nextAttemptAt()).isNull();
        assertThat(running.deferralReason()).isNull();
        assertThat(running.history()).filteredOn((event) -> event.type() == Type.DEFERRED)
            .singleElement()
            .extracting(JobEvent::detail)
            .isEqualTo("asked to wait");
    }

    @Test
    void takesTheWorkersDeferral() {
        JobView job = this.api.submit("a");
        String example = ExampleEvents.read("callback-deferred.json")
            .replace("6925f0a1c3b2a40f5d1e7a01", job.id())
            .replace("\"attempt\": 2", "\"attempt\": 1");
        assertThat(callback(example).getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(job.id()).nextAttemptAt()).isNotNull();
    }

    @Test
    void takesTheDeferralThatAWorkerClaimedFor() {
        JobView job = this.api.submit("a");
        start(job, 1, "0f8fad5b-d9cb-469f-a165-70867728950e", false);
        String example = ExampleEvents.read("callback-deferred-by-claim.json")
            .replace("6925f0a1c3b2a40f5d1e7a01", job.id())
            .replace("\"attempt\": 2", "\"attempt\": 1");
        assertThat(callback(example).getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(job.id()).nextAttemptAt()).isNotNull();
    }

    @Test
    void givesUpAnAttemptThatIsDeferredForLongerThanItsWorkerLetsIt() {
        JobView job = this.api.submit("a");
        start(job, 1, "0f8fad5b-d9cb-469f-a165-70867728950e", false);
        String example = ExampleEvents.read("callback-deferred-at-most.json")
            .replace("6925f0a1c3b2a40f5d1e7a01", job.id())
            .replace("\"attempt\": 2", "\"attempt\": 1")
            .replace("600", "1");
        assertThat(callback(example).getStatusCode().value()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        assertThat(this.api.find(job.id()).errorCode()).isEqualTo("deferred_too_long");
        assertThat(this.api.find(job.id()).error())
            .matches("The job was deferred for \\d+s and is given up: The workflow answered 404 Not Found");
    }

    @ParameterizedTest
    @CsvSource({ "-1, 400", "0, 200" })
    void letsADeferralBeGivenUpAtOnceAndNotBefore(int seconds, int status) {
        Map<String, Object> body = Map.of("jobId", this.api.submit("a").id(), "attempt", 1, "status", "DEFERRED",
                "retryAfterSeconds", 1, "giveUpAfterSeconds", seconds);
        assertThat(callback(body).getStatusCode().value()).isEqualTo(status);
    }

    @Test
    void takesTheSameDeferralAgain() {
        JobView job = this.api.submit("a");
        JsonNode first = body(defer(job, 1, 3600, "later"));
        JsonNode second = body(defer(job, 1, 3600, "later"));
        assertThat(second.get("nextAttemptAt")).isEqualTo(first.get("nextAttemptAt"));
        assertThat(history(job)).containsOnlyOnce(Type.DEFERRED);
    }

    @Test
    void refusesDeferralByAnotherClaimThanTheOneInForce() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        assertThat(defer(job, "one", 1).getStatusCode().value()).isEqualTo(200);
        this.work.take(job.id());
        start(job, 1, "two", false);
        ResponseEntity<JsonNode> late = defer(job, "one", 3600);
        assertThat(late.getStatusCode().value()).isEqualTo(409);
        assertThat(body(late).get("detail").stringValue())
            .endsWith("Attempt 1 was reported DEFERRED by a claim that is not in force.");
        assertThat(this.api.find(job.id()).worker()).isEqualTo("worker two");
        assertThat(history(job)).containsOnlyOnce(Type.DEFERRED).containsOnlyOnce(Type.CALLBACK_REFUSED);
        assertThat(defer(job, "two", 3600).getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(job.id()).startedAt()).isNull();
    }

    @Test
    void takesTheSameDeferralByItsClaimAgain() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        JsonNode first = body(defer(job, "one", 3600));
        ResponseEntity<JsonNode> second = defer(job, "one", 3600);
        assertThat(second.getStatusCode().value()).isEqualTo(200);
        assertThat(body(second).get("nextAttemptAt")).isEqualTo(first.get("nextAttemptAt"));
        assertThat(history(job)).containsOnlyOnce(Type.DEFERRED);
    }

    @Test
    void takesDeferralWithoutClaimAsOlderWorkersSendIt() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        assertThat(defer(job, 1, 3600, "later").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(job.id()).startedAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "0, 400", "1, 200", "100, 200", "101, 400" })
    void bindsTheClaimOfDeferral(int length, int status) {
        JobView job = this.api.submit("a");
        start(job, 1, "c".repeat(Math.clamp(length, 1, 100)), false);
        assertThat(defer(job, "c".repeat(length), 3600).getStatusCode().value()).isEqualTo(status);
    }

    @Test
    void refusesDeferralOfFinishedJob() {
        JobView job = this.api.submit("a");
        this.api.callback(job.id(), 1, "COMPLETED", "done");
        assertThat(defer(job, 1, 1, "later").getStatusCode().value()).isEqualTo(409);
        assertThat(history(job)).contains(Type.CALLBACK_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({ "0, 400", "1, 200", "86400, 200", "86401, 400" })
    void bindsDeferralToADay(int seconds, int status) {
        assertThat(defer(this.api.submit("a"), 1, seconds, "later").getStatusCode().value()).isEqualTo(status);
    }

    @Test
    void confirmOfWhatWasPublishedBeforeDeferralLeavesTheJobDue() {
        JobView job = this.api.submit("a");
        this.work.take();
        defer(job, 1, 1, "later");
        assertThat(this.work.take().get("jobId").stringValue()).isEqualTo(job.id());
        await().untilAsserted(() -> assertThat(this.mongo.count(Query.query(due(job)), "jobs")).isZero());
    }

    @Test
    void cancelledWhileDeferredIsNotPublished() {
        JobView job = this.api.submit("a");
        this.work.take();
        defer(job, 1, 3600, "later");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        assertThat(this.mongo.count(Query.query(due(job)), "jobs")).isZero();
        assertThat(this.api.find(job.id()).nextAttemptAt()).isNull();
    }

    @Test
    void deferredJobsAreNoBacklog() {
        JobView job = this.api.submit("a");
        this.work.take();
        defer(job, 1, 3600, "later");
        await().untilAsserted(() -> assertThat(this.api.metric("jobs_outbox_depth")).isEqualTo(0));
        await().untilAsserted(
                () -> assertThat(body(this.api.call(HttpMethod.GET, "/jobs/stats")).has("oldestWaiting")).isFalse());
    }

    @Test
    void grantsOneClaimOfAnAttempt() {
        JobView job = this.api.submit("a");
        JsonNode granted = body(start(job, 1, "one", false));
        assertThat(Instant.parse(granted.get("deadline").stringValue())).isAfter(Instant.now());
        ResponseEntity<JsonNode> refused = start(job, 1, "two", false);
        assertThat(refused.getStatusCode().value()).isEqualTo(409);
        JobView running = this.api.find(job.id());
        assertThat(running.worker()).isEqualTo("worker one");
        assertThat(running.startedAt()).isNotNull();
    }

    @Test
    void grantsTheSameClaimAgainWithoutAnotherStart() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        assertThat(start(job, 1, "one", false).getStatusCode().value()).isEqualTo(200);
        assertThat(start(job, 1, "one", true).getStatusCode().value()).isEqualTo(200);
        assertThat(history(job)).containsOnlyOnce(Type.STARTED);
    }

    @Test
    void grantsAnotherClaimToRedeliveredMessage() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        assertThat(start(job, 1, "two", true).getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(job.id()).worker()).isEqualTo("worker two");
        assertThat(start(job, 1, "one", false).getStatusCode().value()).isEqualTo(409);
    }

    @Test
    void grantsNoClaimOfFinishedCancelledOldOrMissingAttempt() {
        JobView job = this.api.submit("a");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        assertThat(start(job, 1, "one", false).getStatusCode().value()).isEqualTo(409);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        assertThat(start(job, 1, "one", true).getStatusCode().value()).isEqualTo(409);
        assertThat(start(job, 2, "one", false).getStatusCode().value()).isEqualTo(200);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        this.api.call(HttpMethod.DELETE, "/jobs/" + job.id());
        ResponseEntity<JsonNode> gone = start(job, 2, "one", false);
        assertThat(gone.getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void claimAfterRedispatchIsGranted() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        await().untilAsserted(() -> assertThat(history(job)).contains(Type.PUBLISHED));
        this.api.manage(HttpMethod.POST, "/actuator/redispatch");
        assertThat(start(job, 1, "two", false).getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void lateNewsOfAStartLeaveDeferredJobWaiting() {
        JobView job = this.api.submit("a");
        this.work.take();
        defer(job, 1, 3600, "later");
        JobView other = this.api.submit("b");
        this.work.started(job.id(), 1, "worker-1");
        this.work.started(other.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(other.id()).startedAt()).isNotNull());
        assertThat(this.api.find(job.id()).startedAt()).isNull();
    }

    @Test
    void refusesClaimWithoutSecret() {
        assertThat(this.api
            .post("/jobs/" + this.api.submit("a").id() + "/start",
                    Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", false), Map.of())
            .retrieve()
            .toEntity(JsonNode.class)
            .getStatusCode()
            .value()).isEqualTo(401);
    }

    @Test
    void timesOutClaimedJobThatIsNotReported() {
        JobView job = this.api.submit("a");
        start(job, 1, "one", false);
        this.mongo.updateFirst(Query.query(Criteria.where("_id").is(new ObjectId(job.id()))),
                Update.update(JobFields.DEADLINE, Instant.now().minusSeconds(1)), "jobs");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
    }

    @Test
    void failsOnceTheJobWhoseResultIsTooLarge() {
        JobView job = this.api.submit("a");
        String text = "x".repeat(2 * 1024 * 1024);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", text).getStatusCode().value()).isEqualTo(413);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", text).getStatusCode().value()).isEqualTo(413);
        JobView failed = this.api.find(job.id());
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.error())
            .isEqualTo("The report was refused: The result has 2,097,152 bytes; at most 1,048,576 are stored.");
        assertThat(history(job)).filteredOn(Type.CALLBACK_REFUSED::equals).hasSize(2);
        assertThat(history(job)).containsOnlyOnce(Type.FAILED);
    }

    @Test
    void completesTheJobWhoseResultIsAcceptedAfterOneThatWasRefused() {
        JobView job = this.api.submit("a");
        assertThat(callbackByUrl(job, "{")).isEqualTo(400);
        assertThat(this.api.find(job.id()).errorCode()).isEqualTo("report_refused");
        assertThat(callbackByUrl(job, "{\"status\":\"FAILED\"}")).isEqualTo(409);
        assertThat(callbackByUrl(job, "{\"result\":\"done\"}")).isEqualTo(200);
        JobView completed = this.api.find(job.id());
        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(completed.result()).isEqualTo("done");
        assertThat(completed.error()).isNull();
        assertThat(completed.errorCode()).isNull();
        assertThat(history(job)).containsSubsequence(Type.CALLBACK_REFUSED, Type.FAILED, Type.COMPLETED);
        await().untilAsserted(() -> assertThat(
                body(this.api.call(HttpMethod.GET, "/jobs/stats")).get("counts").get("FAILED").intValue())
            .isZero());
    }

    @Test
    void refusesResultOfAnAttemptThatWasReportedFailed() {
        JobView job = this.api.submit("a");
        assertThat(callbackByUrl(job, "{\"status\":\"FAILED\"}")).isEqualTo(200);
        assertThat(callbackByUrl(job, "{")).isEqualTo(400);
        assertThat(callbackByUrl(job, "{\"result\":\"done\"}")).isEqualTo(409);
        assertThat(this.api.find(job.id()).errorCode()).isEqualTo("reported");
    }

    @ParameterizedTest
    @CsvSource({ "9, 413, The body is too large", "0, 400, The body is not JSON" })
    void failsTheAttemptWhoseCallbackUrlTakesNoSuchBody(int mebibytes, int status, String reason) {
        JobView job = this.api.submit("a");
        assertThat(callbackByUrl(job, "{" + " ".repeat(mebibytes * 1024 * 1024))).isEqualTo(status);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED);
        assertThat(this.api.find(job.id()).error()).startsWith("The report was refused: " + reason);
        assertThat(history(job)).containsOnlyOnce(Type.CALLBACK_REFUSED);
    }

    @Test
    void refusedReportOfAnOlderAttemptLeavesTheNewOneOpen() {
        JobView job = this.api.submit("a");
        this.api.callback(job.id(), 1, "FAILED", "no");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        assertThat(callbackByUrl(job, "{")).isEqualTo(400);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(history(job)).containsOnlyOnce(Type.CALLBACK_REFUSED);
    }

    @Test
    void recordsReportThatCanBeCorrectedAndTakesTheCorrectedOne() {
        JobView job = this.api.submit("a");
        assertThat(callback(Map.of("jobId", job.id(), "attempt", 1)).getStatusCode().value()).isEqualTo(400);
        assertThat(history(job)).containsOnlyOnce(Type.CALLBACK_REFUSED);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "done").getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void recordsTenRefusedReportsOfAnAttemptWhateverTheirReasonAndNoMore() {
        JobView job = this.api.submit("a");
        for (int i = 0; i < 9; i++) {
            callback(Map.of("jobId", job.id()));
        }
        this.api.callback(job.id(), 1, "FAILED", "no");
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "done").getStatusCode().value()).isEqualTo(409);
        assertThat(refusals(job)).isEqualTo(10);
        assertThat(callbackByUrl(job, "{")).isEqualTo(400);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "done").getStatusCode().value()).isEqualTo(409);
        assertThat(refusals(job)).isEqualTo(10);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        callback(Map.of("jobId", job.id()));
        assertThat(refusals(job)).isEqualTo(11);
    }

    private long refusals(JobView job) {
        return history(job).stream().filter(Type.CALLBACK_REFUSED::equals).count();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 86_400 })
    void givesAnAttemptTheTimeThatTheClientNamed(int seconds) {
        JobView job = submit(seconds);
        assertThat(this.api.find(job.id()).request().timeoutSeconds()).isEqualTo(seconds);
        assertThat(this.work.take(job.id()).get("timeoutSeconds").intValue()).isEqualTo(seconds);
        Instant before = Instant.now();
        Instant deadline = Instant.parse(body(start(job, 1, "one", false)).get("deadline").stringValue());
        assertThat(deadline).isBetween(before.plusSeconds(seconds).minusMillis(1), Instant.now().plusSeconds(seconds));
    }

    @Test
    void repeatedClaimShortensNoDeadline() {
        JobView job = submit(70);
        String deadline = body(start(job, 1, "one", false)).get("deadline").stringValue();
        assertThat(body(start(job, 1, "one", false)).get("deadline").stringValue()).isGreaterThanOrEqualTo(deadline);
    }

    @Test
    void givesUpUnclaimedAttemptAtTheTimeThatTheClientNamed() {
        JobView job = submit(1);
        JobView other = this.api.submit("b");
        this.work.started(job.id(), 1, "worker-1");
        this.work.started(other.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        assertThat(this.api.find(job.id()).error())
            .isEqualTo("The job timed out: it was started and not reported within 1s.");
        assertThat(this.api.find(other.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(this.api.find(other.id()).request().timeoutSeconds()).isNull();
    }

    @Test
    void retryKeepsTheTimeThatTheClientNamed() {
        JobView job = submit(70);
        this.api.callback(job.id(), 1, "FAILED", "no");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        assertThat(Instant.parse(body(start(job, 2, "one", false)).get("deadline").stringValue()))
            .isBefore(Instant.now().plusSeconds(71));
    }

    private JobView submit(int timeoutSeconds) {
        JsonNode job = body(post("/jobs", Map.of("prompt", "a", "timeoutSeconds", timeoutSeconds)));
        return this.api.find(job.get("id").stringValue());
    }

    /** Reports by the URL of the first attempt. */
    private int callbackByUrl(JobView job, String body) {
        return post("/jobs/webhook/callback?job=" + job.id() + "&attempt=1", body).getStatusCode().value();
    }

    private static Criteria due(JobView job) {
        return Criteria.where("_id").is(new ObjectId(job.id())).and(JobFields.DISPATCH_DUE).exists(true);
    }

    private ResponseEntity<JsonNode> start(JobView job, int attempt, String claim, boolean redelivered) {
        return post("/jobs/" + job.id() + "/start",
                Map.of("attempt", attempt, "worker", "worker " + claim, "claim", claim, "redelivered", redelivered));
    }

    private ResponseEntity<JsonNode> defer(JobView job, int attempt, int seconds, String reason) {
        return callback(Map.of("jobId", job.id(), "attempt", attempt, "status", "DEFERRED", "retryAfterSeconds",
                seconds, "error", reason));
    }

    private ResponseEntity<JsonNode> defer(JobView job, String claim, int seconds) {
        return callback(Map.of("jobId", job.id(), "attempt", 1, "status", "DEFERRED", "retryAfterSeconds", seconds,
                "claim", claim));
    }

    private ResponseEntity<JsonNode> callback(Object body) {
        return post("/jobs/webhook/callback", body);
    }

    private ResponseEntity<JsonNode> post(String path, Object body) {
        return this.api.post(path, body, SECRET).retrieve().toEntity(JsonNode.class);
    }

    private List<Type> history(JobView job) {
        return Objects.requireNonNull(this.api.find(job.id()).history()).stream().map(JobEvent::type).toList();
    }

    private static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

}
