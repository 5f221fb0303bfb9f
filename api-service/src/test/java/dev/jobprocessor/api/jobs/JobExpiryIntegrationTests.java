package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How a job expires, by a clock that the service's own threads never reach. */
@ApiIntegrationTest
class JobExpiryIntegrationTests {

    private static final Instant FIRST = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofDays(1000));

    private static final Instant EXPIRES_AT = FIRST.plusSeconds(60);

    private static final Duration DELAY = Duration.ofSeconds(5);

    private final ApiClient api;

    private final Jobs jobs;

    private final TimedJobs timed;

    JobExpiryIntegrationTests(@Autowired ApiClient api, @Autowired TimedJobs timed) {
        this.api = api;
        this.timed = timed;
        this.jobs = timed.jobs;
        timed.now = FIRST;
    }

    @Test
    void finishesWhatNoWorkerStartedInTime() {
        String id = submit();
        assertThat(at(Duration.ofSeconds(60).minusMillis(1), id).status()).isEqualTo(JobStatus.PENDING);
        Job expired = at(Duration.ofSeconds(60), id);
        assertThat(expired.status()).isEqualTo(JobStatus.FAILED);
        assertThat(expired.errorCode()).isEqualTo("expired");
        assertThat(expired.error()).isEqualTo("The job expired: no worker started it until " + EXPIRES_AT + ".");
        // The broker's confirm may be recorded after that.
        assertThat(expired.history()).extracting(JobEvent::type).contains(JobEvent.Type.FAILED);
    }

    @Test
    void finishesMoreThanOneBatchAtOnce() {
        List<JobRequest> jobs = Collections.nCopies(250, JobRequests.scheduled("a", null, EXPIRES_AT));
        this.api.post("/jobs/batch", jobs, Map.of()).retrieve().toBodilessEntity();
        String id = submit();
        at(Duration.ofSeconds(60), id);
        assertThat(this.jobs.overdue(100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void cannotBeClaimedOnceItExpiredEvenBeforeItIsFinished(boolean redelivered) {
        String id = submit();
        this.timed.now = EXPIRES_AT;
        assertThatExceptionOfType(JobConflict.class)
            .isThrownBy(() -> this.timed.attempts.claim(id, 1, "worker-1", "claim", redelivered))
            .withMessageContaining("expired");
        assertThat(this.jobs.require(id).startedAt()).isNull();
    }

    @Test
    void isNotStartedByAWorkerWhoseClockIsBehind() {
        String id = submit();
        this.timed.now = EXPIRES_AT;
        this.jobs.started(List.of(new JobStarted(id, 1, "worker-1", EXPIRES_AT.minusSeconds(600))));
        assertThat(at(Duration.ofSeconds(60), id).errorCode()).isEqualTo("expired");
    }

    @ParameterizedTest
    @ValueSource(strings = { "claimed", "started" })
    void doesNotExpireOnceItWasStarted(String how) {
        String id = submit();
        this.timed.now = EXPIRES_AT.minusMillis(1);
        if (how.equals("claimed")) {
            this.timed.attempts.claim(id, 1, "worker-1", "claim", false);
        }
        else {
            this.jobs.started(List.of(new JobStarted(id, 1, "worker-1", this.timed.now)));
        }
        assertThat(at(Duration.ofMinutes(5), id).startedAt()).isNotNull();
        this.timed.attempts.claim(id, 1, "worker-2", "of the redelivered message", true);
        assertThat(at(Duration.ofHours(5), id).errorCode()).isEqualTo("timed_out");
    }

    @Test
    void expiresWhileItIsDeferredBeforeItBegan() {
        String id = submit();
        this.timed.attempts.claim(id, 1, "worker-1", "claim", false);
        this.timed.attempts.defer(id, 1, new JobDeferral(DELAY, null, "later", "claim"));
        this.timed.now = EXPIRES_AT;
        assertThatExceptionOfType(JobConflict.class)
            .isThrownBy(() -> this.timed.attempts.claim(id, 1, "worker-1", "other", false));
        assertThat(at(Duration.ofSeconds(60), id).errorCode()).isEqualTo("expired");
    }

    @Test
    void aRetryOfAUserDoesNotExpire() {
        String id = submit();
        at(Duration.ofSeconds(60), id);
        Job retried = this.jobs.retry(id);
        assertThat(retried.request().expiresAt()).isEqualTo(EXPIRES_AT);
        assertThat(at(Duration.ofDays(1), id).status()).isEqualTo(JobStatus.PENDING);
        this.timed.attempts.claim(id, 2, "worker-1", "claim", false);
        this.timed.attempts.defer(id, 2, new JobDeferral(DELAY, null, "later", "claim"));
        assertThat(at(Duration.ofDays(1).plusHours(1), id).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void doesNotExpireOnceATryFailed() {
        JobRequest request = new JobRequest("a", null, new RetryPolicy(2, null, 0, null), null, null, EXPIRES_AT, null,
                null, null, null);
        String id = submit(request);
        this.jobs.finish(id, 1, JobOutcome.failed(JobFailure.REPORTED, "not started as far as anybody knows"));
        assertThat(at(Duration.ofSeconds(60), id).status()).isEqualTo(JobStatus.PENDING);
        this.timed.attempts.claim(id, 2, "worker-1", "claim", false);
    }

    @Test
    void resultOfWhatWasWorkedWithoutAClaimStillCompletesIt() {
        String id = submit();
        at(Duration.ofSeconds(60), id);
        this.jobs.finish(id, 1, JobOutcome.completed("done"));
        assertThat(this.jobs.require(id).status()).isEqualTo(JobStatus.COMPLETED);
    }

    private String submit() {
        return submit(JobRequests.scheduled("a", null, EXPIRES_AT));
    }

    private String submit(JobRequest request) {
        JobView job = this.api.post("/jobs", request, Map.of()).retrieve().body(JobView.class);
        return Objects.requireNonNull(job).id();
    }

    /** Looks for overdue jobs so long after the first deferral. */
    private Job at(Duration sinceFirst, String id) {
        this.timed.timeOutAt(FIRST.plus(sinceFirst));
        return this.jobs.require(id);
    }

}
