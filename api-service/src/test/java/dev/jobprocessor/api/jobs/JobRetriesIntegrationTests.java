package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;

/** By a clock of its own, which is so far ahead that the relay publishes nothing. */
@ApiIntegrationTest
class JobRetriesIntegrationTests {

    private static final Instant NOW = Instant.now().plus(Duration.ofDays(1000)).truncatedTo(ChronoUnit.MILLIS);

    private static final RetryPolicy THREE = new RetryPolicy(3, RetryPolicy.FIXED, 60, null);

    private static final JobOutcome FAILED = JobOutcome.failed("no luck", "workflow_error", null);

    private static final JobOutcome DONE = JobOutcome.completed("done");

    private final ApiClient api;

    private final Jobs jobs;

    private final TimedJobs timed;

    JobRetriesIntegrationTests(@Autowired ApiClient api, @Autowired TimedJobs timed) {
        this.api = api;
        this.timed = timed;
        this.jobs = timed.jobs;
        timed.now = NOW;
    }

    @Test
    void followsAFailedAttemptByAnotherUntilTheLast() {
        String id = submit(THREE);
        start(id, 1);
        Job retried = this.jobs.finish(id, 1, FAILED);
        assertThat(retried.status()).isEqualTo(JobStatus.PENDING);
        assertThat(retried.attempt()).isEqualTo(2);
        assertThat(retried.tries()).isEqualTo(new JobTries(2, 3, "no luck", "workflow_error"));
        assertThat(retried.nextAttemptAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(retried.isDeferred()).isTrue();
        assertThat(retried.startedAt()).isNull();
        assertThat(retried.worker()).isNull();
        assertThat(this.jobs.finish(id, 2, FAILED).tries()).isEqualTo(new JobTries(3, 3, "no luck", "workflow_error"));
        Job failed = this.jobs.finish(id, 3, FAILED);
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.error()).isEqualTo("no luck");
        assertThat(failed.errorCode()).isEqualTo("workflow_error");
        assertThat(failed.attempt()).isEqualTo(3);
        assertThat(failed.history()).filteredOn((event) -> event.type() == JobEvent.Type.ATTEMPT_FAILED)
            .extracting(JobEvent::attempt, JobEvent::detail)
            .containsExactly(tuple(1, "no luck"), tuple(2, "no luck"));
    }

    @Test
    void keepsTheCodeAndTokensOfEachAttemptThatFailed() {
        String id = submit(new RetryPolicy(2, RetryPolicy.FIXED, 0, null));
        JobUsage first = new JobUsage("small", 900, 0);
        JobUsage second = new JobUsage("large", 900, 40);
        start(id, 1);
        this.jobs.finish(id, 1, JobOutcome.failed("busy", "overloaded", true).with(first));
        start(id, 2);
        this.jobs.finish(id, 2, JobOutcome.failed("no", "refused", false).with(second));
        Job again = this.jobs.retry(id);
        assertThat(again.usage()).isNull();
        assertThat(again.history()).filteredOn((event) -> event.errorCode() != null)
            .extracting(JobEvent::attempt, JobEvent::errorCode, JobEvent::usage)
            .containsExactly(tuple(1, "overloaded", first), tuple(2, "refused", second));
    }

    @Test
    void keepsTheStartThatOnlyTheReportOfAFailedAttemptTellsOf() {
        String id = submit(THREE);
        AttemptStart start = new AttemptStart("worker-7", NOW.minusSeconds(5));
        Job retried = this.jobs.finish(id, 1, FAILED.with(start));
        assertThat(retried.startedAt()).isNull();
        assertThat(retried.worker()).isNull();
        assertThat(retried.history()).filteredOn((event) -> event.type() == JobEvent.Type.STARTED)
            .containsExactly(JobEvent.started(1, "worker-7", start.at()));
        start(id, 2);
        this.jobs.finish(id, 2, FAILED.with(start));
        assertThat(this.jobs.require(id).history()).filteredOn((event) -> event.type() == JobEvent.Type.STARTED)
            .hasSize(2);
    }

    @Test
    void keepsALineForEachTryOfTheLongestPolicy() {
        String id = submit(new RetryPolicy(20, RetryPolicy.FIXED, 0, null));
        for (int attempt = 1; attempt <= 20; attempt++) {
            start(id, attempt);
            this.jobs.finish(id, attempt, FAILED);
        }
        Job failed = this.jobs.require(id);
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.history()).filteredOn((event) -> event.type() == JobEvent.Type.ATTEMPT_FAILED).hasSize(19);
        assertThat(failed.history().getFirst().type()).isEqualTo(JobEvent.Type.CREATED);
    }

    @ParameterizedTest
    @EnumSource(value = JobFailure.class, mode = EnumSource.Mode.EXCLUDE, names = { "REPORTED", "TIMED_OUT" })
    void finishesWhatAnotherTryWouldNotChange(JobFailure failure) {
        String id = submit(THREE);
        assertThat(this.jobs.finish(id, 1, JobOutcome.failed(failure, "no")).status()).isEqualTo(JobStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource({ ", PENDING", "true, PENDING", "false, FAILED" })
    void retriesUnlessTheReportSaysOtherwise(@Nullable Boolean retryable, JobStatus status) {
        String id = submit(THREE);
        assertThat(this.jobs.finish(id, 1, JobOutcome.failed("no", null, retryable)).status()).isEqualTo(status);
    }

    @Test
    void finishesAJobWithoutPolicyAtItsFirstFailureByOneCommand() {
        String id = submit(null);
        JobDocuments observed = spy(this.timed.documents);
        assertThat(this.timed.jobs(observed, this.timed.settings).finish(id, 1, FAILED).status())
            .isEqualTo(JobStatus.FAILED);
        then(observed).should(times(1)).change(any(), any());
        then(observed).should(never()).findById(any());
        then(observed).should(never()).find(any());
    }

    @Test
    void retriesJobsWithoutPolicyWhereTheSettingsSaySo() {
        Jobs retrying = this.timed.jobs(this.timed.documents,
                new JobSettings(this.timed.settings.deadline(), this.timed.settings.deferralDeadline(),
                        this.timed.settings.deadlineCheck(), this.timed.settings.deadlineGrace(),
                        new RetrySettings(2, RetryPolicy.FIXED, Duration.ofSeconds(5), Duration.ofSeconds(5))));
        String id = submit(null);
        assertThat(retrying.finish(id, 1, FAILED).tries()).isEqualTo(new JobTries(2, 2, "no luck", "workflow_error"));
        assertThat(retrying.finish(id, 2, FAILED).status()).isEqualTo(JobStatus.FAILED);
        String own = submit(new RetryPolicy(1, null, null, null));
        assertThat(retrying.finish(own, 1, FAILED).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void startsThePolicyAnewAfterAUsersRetry() {
        String id = submit(THREE);
        this.jobs.finish(id, 1, FAILED);
        this.jobs.finish(id, 2, FAILED);
        this.jobs.finish(id, 3, FAILED);
        Job retried = this.jobs.retry(id);
        assertThat(retried.attempt()).isEqualTo(4);
        assertThat(retried.tries()).isNull();
        assertThat(this.jobs.finish(id, 4, FAILED).tries()).isEqualTo(new JobTries(2, 3, "no luck", "workflow_error"));
    }

    @Test
    void returnsTheJobWhereTheSameFailureIsReportedAgain() {
        String id = submit(THREE);
        this.jobs.finish(id, 1, FAILED);
        assertThat(this.jobs.finish(id, 1, FAILED).attempt()).isEqualTo(2);
        assertThat(this.jobs.finish(id, null, FAILED).attempt()).isEqualTo(2);
        assertThat(this.jobs.require(id).history()).extracting(JobEvent::type)
            .doesNotContain(JobEvent.Type.CALLBACK_REFUSED);
        assertThatExceptionOfType(JobConflict.class)
            .isThrownBy(() -> this.jobs.finish(id, 1, JobOutcome.failed("other", null, null)));
    }

    @Test
    void timesOutEachTry() {
        String id = submit(THREE);
        timeOut(id, 1);
        assertThat(this.jobs.require(id).tries()).isEqualTo(
                new JobTries(2, 3, "The job timed out: it was started and not reported within 15m.", "timed_out"));
        timeOut(id, 2);
        timeOut(id, 3);
        Job failed = this.jobs.require(id);
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo("timed_out");
        assertThat(this.jobs.finish(id, 3, DONE).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void resultOfATryThatTimedOutWithdrawsTheNextWhileThatHasNotStarted() {
        String id = submit(THREE);
        timeOut(id, 1);
        Job completed = this.jobs.finish(id, 1, DONE);
        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(completed.attempt()).isEqualTo(1);
        assertThat(this.jobs.finish(id, 1, DONE)).isEqualTo(this.jobs.require(id));
        assertThatExceptionOfType(JobConflict.class).isThrownBy(() -> start(id, 2));
        assertThatExceptionOfType(JobConflict.class).isThrownBy(() -> this.jobs.finish(id, 2, DONE));
    }

    @Test
    void refusesResultOfATryThatTimedOutOnceTheNextHasStarted() {
        String id = submit(THREE);
        timeOut(id, 1);
        start(id, 2);
        assertThatExceptionOfType(JobConflict.class).isThrownBy(() -> this.jobs.finish(id, 1, DONE));
        assertThat(this.jobs.finish(id, 2, JobOutcome.completed("second")).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void refusesResultOfATryThatWasReportedFailed() {
        String id = submit(THREE);
        this.jobs.finish(id, 1, FAILED);
        assertThatExceptionOfType(JobConflict.class).isThrownBy(() -> this.jobs.finish(id, 1, DONE));
        assertThat(this.jobs.finish(id, 2, DONE).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void refusesResultOfAnAttemptBeforeAUsersRetry() {
        String id = submit(null);
        timeOut(id, 1);
        this.jobs.retry(id);
        assertThatExceptionOfType(JobConflict.class).isThrownBy(() -> this.jobs.finish(id, 1, DONE));
    }

    @Test
    void cancelsAJobThatWaitsForItsNextTry() {
        String id = submit(THREE);
        this.jobs.finish(id, 1, FAILED);
        assertThat(this.jobs.cancel(id).status()).isEqualTo(JobStatus.CANCELLED);
        assertThatExceptionOfType(JobConflict.class).isThrownBy(() -> start(id, 2));
    }

    @Test
    void defersATryWithoutUsingItUp() {
        String id = submit(THREE);
        this.jobs.finish(id, 1, FAILED);
        start(id, 2);
        Job deferred = this.timed.attempts.defer(id, 2,
                new JobDeferral(Duration.ofSeconds(5), null, "busy", "claim 2"));
        assertThat(deferred.attempt()).isEqualTo(2);
        assertThat(deferred.currentTry()).isEqualTo(2);
        start(id, 2);
        assertThat(this.jobs.finish(id, 2, FAILED).deferralReason()).isNull();
    }

    private void timeOut(String id, int attempt) {
        start(id, attempt);
        this.timed.timeOutAt(this.timed.now.plus(Duration.ofMinutes(15)));
    }

    private void start(String id, int attempt) {
        this.timed.attempts.claim(id, attempt, "worker-1", "claim " + attempt, false);
    }

    private String submit(@Nullable RetryPolicy retry) {
        JobRequest request = (retry != null) ? JobRequests.withRetry("a", retry) : JobRequest.of("a");
        JobView job = this.api.post("/jobs", request, Map.of()).retrieve().body(JobView.class);
        return Objects.requireNonNull(job).id();
    }

}
