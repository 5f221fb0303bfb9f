package dev.jobprocessor.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several callbacks of one call. */
@ApiIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class CallbackBatchIntegrationTests {

    private static final String PATH = "/jobs/webhook/callbacks";

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Test
    void completesEachJob() {
        List<JobView> jobs = submit(3);
        double before = this.api.metric("jobs_completed_total");

        JsonNode answers = report(jobs.stream().map((job) -> completed(job, "r-" + job.id())).toList());

        assertThat(statuses(answers)).containsExactly(200, 200, 200);
        assertThat(jobs).allSatisfy((job) -> {
            JobView done = this.api.find(job.id());
            assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(done.result()).isEqualTo("r-" + job.id());
            assertThat(done.completedAt()).isNotNull();
            assertThat(Objects.requireNonNull(done.history())).extracting(JobEvent::type)
                .containsOnlyOnce(JobEvent.Type.COMPLETED);
        });
        assertThat(this.api.metric("jobs_completed_total")).isEqualTo(before + 3);
    }

    @Test
    void answersEachAsItWouldBeAnsweredAlone() {
        List<JobView> jobs = submit(5);
        report(List.of(completed(jobs.get(0), "first")));

        JsonNode answers = report(List.of(completed(jobs.get(0), "first"), completed(jobs.get(0), "second"),
                with(completed(jobs.get(1), "r"), "attempt", 2),
                with(started(completed(jobs.get(2), "r"), Instant.now()), "jobId", "no id"),
                with(completed(jobs.get(2), "r"), "attempt", 0), with(completed(jobs.get(3), "r"), "status", "FAILED"),
                completed(jobs.get(4), "r")));

        assertThat(statuses(answers)).containsExactly(200, 409, 409, 404, 400, 200, 200);
        assertThat(answers.get(4).path("error").asString()).contains("attempt must be 1 or more");
        assertThat(answers.get(6).has("error")).isFalse();
        assertThat(jobs.stream().map((job) -> this.api.find(job.id()).status())).containsExactly(JobStatus.COMPLETED,
                JobStatus.PENDING, JobStatus.PENDING, JobStatus.FAILED, JobStatus.COMPLETED);
    }

    @Test
    void recordsStartsThatReportsAreTheFirstToTellOf() {
        List<JobView> jobs = submit(2);
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        double started = this.api.metric("jobs_started_total");
        double waited = this.api.metric("jobs_wait_seconds_count");

        report(List.of(started(completed(jobs.get(0), "r"), start),
                with(started(completed(jobs.get(1), "r"), start), "status", "FAILED")));

        assertThat(jobs).allSatisfy((job) -> {
            JobView done = this.api.find(job.id());
            assertThat(done.startedAt()).isEqualTo(start);
            assertThat(done.worker()).isEqualTo("worker-7");
            assertThat(Objects.requireNonNull(done.history())).filteredOn("type", JobEvent.Type.STARTED)
                .containsExactly(new JobEvent(JobEvent.Type.STARTED, start, 1, "worker-7"));
        });
        assertThat(Objects.requireNonNull(this.api.list("?worker=worker-7").getBody())).extracting(JobView::id)
            .containsExactlyInAnyOrderElementsOf(jobs.stream().map(JobView::id).toList());
        assertThat(Objects.requireNonNull(this.api.list("?q=worker-7").getBody())).hasSize(2);
        assertThat(this.api.metric("jobs_started_total")).isEqualTo(started + 2);
        assertThat(this.api.metric("jobs_wait_seconds_count")).isEqualTo(waited + 2);
    }

    @Test
    void keepsAStartThatWasSeenBeforeItsReport() {
        JobView job = this.api.submit("a");
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).startedAt()).isNotNull());
        double waited = this.api.metric("jobs_wait_seconds_count");

        report(List.of(started(completed(job, "r"), Instant.now().plusSeconds(3600))));

        JobView done = this.api.find(job.id());
        assertThat(done.startedAt()).isBefore(done.completedAt());
        assertThat(Objects.requireNonNull(done.history())).extracting(JobEvent::type)
            .containsOnlyOnce(JobEvent.Type.STARTED);
        assertThat(this.api.metric("jobs_wait_seconds_count")).isEqualTo(waited);
    }

    @Test
    void takesTheFirstOfTwoResultsOfOneAttempt() {
        JobView job = this.api.submit("a");
        double before = this.api.metric("jobs_completed_total");

        JsonNode answers = report(List.of(completed(job, "r"), completed(job, "r"), completed(job, "other")));

        assertThat(statuses(answers)).containsExactly(200, 200, 409);
        assertThat(this.api.find(job.id()).result()).isEqualTo("r");
        assertThat(this.api.metric("jobs_completed_total")).isEqualTo(before + 1);
    }

    @Test
    void defersAmongOthers() {
        List<JobView> jobs = submit(2);
        Map<String, Object> deferred = with(with(completed(jobs.get(0), "r"), "status", "DEFERRED"),
                "retryAfterSeconds", 60);

        assertThat(statuses(report(List.of(deferred, completed(jobs.get(1), "r"))))).containsExactly(200, 200);
        assertThat(this.api.find(jobs.get(0).id()).nextAttemptAt()).isNotNull();
    }

    @Test
    void refusesAResultThatIsTooLarge() {
        List<JobView> jobs = submit(2);

        assertThat(statuses(report(List.of(completed(jobs.get(0), "x".repeat(1024 * 1024 + 1)),
                completed(jobs.get(1), "x".repeat(1024 * 1024))))))
            .containsExactly(413, 200);
    }

    @Test
    void takesAHundred() {
        List<JobView> jobs = submit(1);
        List<Map<String, Object>> hundred = new ArrayList<>(Collections.nCopies(100, completed(jobs.getFirst(), "r")));
        assertThat(statuses(report(hundred))).hasSize(100).containsOnly(200);

        hundred.add(completed(jobs.getFirst(), "r"));
        assertThat(post(hundred, SECRET).getStatusCode().value()).isEqualTo(400);
        assertThat(report(List.of())).isEmpty();
    }

    @Test
    void needsTheSecret() {
        JobView job = this.api.submit("a");

        assertThat(post(List.of(completed(job, "r")), Map.of()).getStatusCode().value()).isEqualTo(401);
        assertThat(post(List.of(completed(job, "r")), Map.of("x-webhook-secret", "wrong")).getStatusCode().value())
            .isEqualTo(401);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void handlesEachInItsTrace(CapturedOutput output) {
        List<JobView> jobs = submit(2);
        String large = "x".repeat(1024 * 1024 + 1);

        report(List.of(with(completed(jobs.get(0), large), "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"),
                with(completed(jobs.get(1), large), "traceparent", "nonsense")));

        assertThat(output.getOut().lines().filter((line) -> line.contains("finishes as FAILED"))).hasSize(2)
            .satisfiesOnlyOnce((line) -> assertThat(line).contains("[" + TRACE + "-", jobs.get(0).id()))
            .satisfiesOnlyOnce((line) -> assertThat(line).contains(jobs.get(1).id()).doesNotContain(TRACE));
    }

    private List<JobView> submit(int jobs) {
        return IntStream.range(0, jobs).mapToObj((i) -> this.api.submit("job " + i)).toList();
    }

    private static Map<String, Object> completed(JobView job, String result) {
        return Map.of("jobId", job.id(), "attempt", 1, "status", "COMPLETED", "result", result);
    }

    private static Map<String, Object> started(Map<String, Object> callback, Instant at) {
        return with(callback, "start", Map.of("worker", "worker-7", "at", at.toString()));
    }

    private static Map<String, Object> with(Map<String, Object> callback, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(callback);
        changed.put(field, value);
        return changed;
    }

    private JsonNode report(List<Map<String, Object>> callbacks) {
        ResponseEntity<JsonNode> answers = post(callbacks, SECRET);
        assertThat(answers.getStatusCode().value()).isEqualTo(200);
        return Objects.requireNonNull(answers.getBody());
    }

    private ResponseEntity<JsonNode> post(List<Map<String, Object>> callbacks, Map<String, String> headers) {
        return this.api.post(PATH, callbacks, headers).retrieve().toEntity(JsonNode.class);
    }

    private static List<Integer> statuses(JsonNode answers) {
        return answers.valueStream().map((answer) -> answer.path("status").intValue()).toList();
    }

}
