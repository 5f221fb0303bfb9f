package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/** How many commands of the database a claim takes. */
class JobAttemptsTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final Jobs jobs = mock();

    private final JobDocuments documents = mock();

    private final JobSettings settings = mock();

    private final PausedQueues paused = mock();

    private final JobAttempts attempts = new JobAttempts(this.jobs, this.documents, mock(),
            Clock.fixed(NOW, ZoneOffset.UTC), this.settings, mock(), this.paused, mock());

    @BeforeEach
    void defaultTimeout() {
        given(this.settings.deadline()).willReturn(Duration.ofMinutes(15));
    }

    @Test
    void claimsByOneCommand() {
        given(this.documents.change(any(), any())).willReturn(job(JobRequest.of("a")));
        assertThat(claim().deadline()).isEqualTo(NOW.plusSeconds(900));
        then(this.documents).should().change(any(), any());
        then(this.documents).shouldHaveNoMoreInteractions();
        then(this.jobs).shouldHaveNoInteractions();
    }

    @Test
    void setsTheDeadlineOfAJobWithATimeoutByAnother() {
        given(this.documents.change(any(), any())).willReturn(job(JobRequests.withTimeout("a", 7200)));
        assertThat(claim().deadline()).isEqualTo(NOW.plusSeconds(7200));
        then(this.documents).should(times(2)).change(any(), any());
        then(this.documents).shouldHaveNoMoreInteractions();
        then(this.jobs).shouldHaveNoInteractions();
    }

    @Test
    void refusesAClaimOfAPausedQueueByTheSameCommand() {
        given(this.paused.names()).willReturn(Set.of("llm"));
        given(this.jobs.require(any())).willReturn(job(JobRequests.inQueue("llm", "a")));
        assertThatExceptionOfType(QueuePaused.class).isThrownBy(this::claim);
    }

    @Test
    void letsAClaimBeRepeatedThatWasRefusedJustBeforeTheQueueWasResumed() {
        given(this.paused.names()).willReturn(Set.of("llm"), Set.of());
        given(this.jobs.require(any())).willReturn(job(JobRequests.inQueue("llm", "a")));
        assertThatExceptionOfType(QueuePaused.class).isThrownBy(this::claim);
    }

    private JobClaim claim() {
        return this.attempts.claim("6925f0a1c3b2a40f5d1e7a01", 1, "worker-1", "claim", false);
    }

    private static Job job(JobRequest request) {
        return Job.submitted(request, null, NOW, null);
    }

}
