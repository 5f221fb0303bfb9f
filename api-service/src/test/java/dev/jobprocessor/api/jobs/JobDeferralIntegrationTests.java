package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a job may be deferred, by a clock that the service's own threads never reach.
 */
@ApiIntegrationTest
class JobDeferralIntegrationTests {

    private static final Instant FIRST = Instant.now().plus(Duration.ofDays(1000));

    private static final Duration DELAY = Duration.ofSeconds(5);

    private final ApiClient api;

    private final Jobs jobs;

    private final TimedJobs timed;

    JobDeferralIntegrationTests(@Autowired ApiClient api, @Autowired TimedJobs timed) {
        this.api = api;
        this.timed = timed;
        this.jobs = timed.jobs;
        timed.now = FIRST;
    }

    @ParameterizedTest
    @CsvSource({ ", PT24H, 24h", "60, PT1M, 1m", "86400, PT24H, 24h" })
    void givesUpAtTheTimeThatTheClientNamedOrElseAfterADay(@Nullable Integer timeoutSeconds, Duration limit,
            String text) {
        String id = submit(timeoutSeconds);
        defer(id, null, "The model's provider answered 429 Too Many Requests");
        assertThat(at(limit.minusMillis(1), id).status()).isEqualTo(JobStatus.PENDING);
        Job failed = at(limit, id);
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo("deferred_too_long");
        assertThat(failed.error()).isEqualTo("The job was deferred for " + text
                + " and is given up: The model's provider answered 429 Too Many Requests");
    }

    @Test
    void countsFromTheFirstDeferralOfTheAttemptAndGivesTheLastReason() {
        String id = submit(null);
        defer(id, null, "first");
        this.timed.now = FIRST.plus(Duration.ofHours(20));
        defer(id, null, "second");
        assertThat(at(Duration.ofHours(24).minusMillis(1), id).status()).isEqualTo(JobStatus.PENDING);
        assertThat(at(Duration.ofHours(24), id).error()).endsWith(": second");
    }

    @Test
    void leavesAnAttemptThatWasStartedInTimeItsWholeTimeout() {
        String id = submit(60);
        defer(id, null, "later");
        this.timed.now = FIRST.plusSeconds(60).minusMillis(1);
        this.timed.attempts.claim(id, 1, "worker-1", "claim", false);
        assertThat(at(Duration.ofSeconds(120).minusMillis(2), id).status()).isEqualTo(JobStatus.PENDING);
        assertThat(at(Duration.ofSeconds(120).minusMillis(1), id).errorCode()).isEqualTo("timed_out");
    }

    @Test
    void givesUpSoonerForAReasonThatMayLastLessLong() {
        String id = submit(null);
        defer(id, Duration.ofMinutes(10), "not registered");
        this.timed.now = FIRST.plus(Duration.ofMinutes(9));
        defer(id, Duration.ofMinutes(10), "still not registered");
        assertThat(at(Duration.ofMinutes(10).minusMillis(1), id).status()).isEqualTo(JobStatus.PENDING);
        assertThat(at(Duration.ofMinutes(10), id).error())
            .isEqualTo("The job was deferred for 10m and is given up: still not registered");
    }

    @Test
    void givesUpAtTheTimeThatTheClientNamedWhereTheReasonMayLastLonger() {
        String id = submit(60);
        defer(id, Duration.ofMinutes(10), "not registered");
        assertThat(at(Duration.ofSeconds(60), id).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void doesNotCountTimeForAnotherReason() {
        String id = submit(null);
        defer(id, Duration.ofMinutes(10), "not registered");
        this.timed.now = FIRST.plus(Duration.ofMinutes(9));
        defer(id, null, "unreachable");
        this.timed.now = FIRST.plus(Duration.ofMinutes(19));
        defer(id, Duration.ofMinutes(10), "not registered");
        assertThat(at(Duration.ofMinutes(29).minusMillis(1), id).status()).isEqualTo(JobStatus.PENDING);
        assertThat(at(Duration.ofMinutes(29), id).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void countsAnewAfterARetry() {
        String id = submit(60);
        defer(id, Duration.ofSeconds(30), "later");
        at(Duration.ofSeconds(30), id);
        this.jobs.retry(id);
        this.timed.attempts.defer(id, 2, new JobDeferral(DELAY, null, "later", null));
        assertThat(at(Duration.ofSeconds(90).minusMillis(1), id).status()).isEqualTo(JobStatus.PENDING);
        assertThat(at(Duration.ofSeconds(90), id).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void resultOfAnAttemptThatWasGivenUpStillCompletesIt() {
        String id = submit(60);
        defer(id, null, "later");
        at(Duration.ofSeconds(60), id);
        this.jobs.finish(id, 1, JobOutcome.completed("done"));
        assertThat(this.jobs.require(id).status()).isEqualTo(JobStatus.COMPLETED);
    }

    private String submit(@Nullable Integer timeoutSeconds) {
        JobView job = this.api
            .post("/jobs", (timeoutSeconds != null) ? JobRequests.withTimeout("a", timeoutSeconds) : JobRequest.of("a"),
                    Map.of())
            .retrieve()
            .body(JobView.class);
        return Objects.requireNonNull(job).id();
    }

    /** Defers whatever claim is in force. */
    private void defer(String id, @Nullable Duration giveUpAfter, String reason) {
        this.timed.attempts.claim(id, 1, "worker-1", reason + this.timed.now, false);
        this.timed.attempts.defer(id, 1, new JobDeferral(DELAY, giveUpAfter, reason, reason + this.timed.now));
    }

    /** Looks for overdue jobs so long after the first deferral. */
    private Job at(Duration sinceFirst, String id) {
        this.timed.timeOutAt(FIRST.plus(sinceFirst));
        return this.jobs.require(id);
    }

}
