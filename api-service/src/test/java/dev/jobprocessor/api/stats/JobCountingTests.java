package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobUsage;
import dev.jobprocessor.api.jobs.KnownModels;
import dev.jobprocessor.api.jobs.TokensUsed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;

class JobCountingTests {

    private static final Instant CREATED = Instant.parse("2026-11-24T09:29:50Z");

    private static final Instant RETRIED = CREATED.plusSeconds(20);

    private static final Instant ENDED = RETRIED.plusSeconds(5);

    private final JobCounters counters = mock();

    private final JobCounting counting = new JobCounting(this.counters, new KnownModels(),
            new DatabaseErrors(new SimpleMeterRegistry()));

    @Test
    void countsMoves() {
        this.counting.changed(new JobChanged(null, job(JobStatus.PENDING)));
        this.counting.changed(new JobChanged(null, job(JobStatus.PENDING)));
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.FAILED)));
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.CANCELLED)));
        this.counting.deleted(new JobDeleted("id", JobStatus.CANCELLED, false));
        JobTally stored = stored();
        assertThat(stored.statuses())
            .isEqualTo(Map.of(JobStatus.PENDING, 0L, JobStatus.FAILED, 1L, JobStatus.CANCELLED, 0L));
        assertThat(stored.minutes()).containsOnlyKeys(Instant.parse("2026-11-24T09:30:00Z"));
        assertThat(stored.minuteOf(ENDED).fields()).isEqualTo(Map.of("failed", 1L));
    }

    @Test
    void timesAJobSinceItsLastRetry() {
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.COMPLETED)));
        int range = CompletionTimes.rangeOf(Duration.between(RETRIED, ENDED));
        assertThat(stored().minuteOf(ENDED).fields()).isEqualTo(Map.of("completed", 1L, "times." + range, 1L));
    }

    @Test
    void ignoresChangesThatAreNoMoves() {
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.PENDING)));
        this.counting.store();
        then(this.counters).shouldHaveNoInteractions();
    }

    @Test
    void countsNoFailureThatALateResultSuperseded() {
        List<JobEvent> history = List.of(new JobEvent(JobEvent.Type.FAILED, RETRIED, 2, "timed out"),
                new JobEvent(JobEvent.Type.COMPLETED, ENDED, 2, null));
        Job late = new Job("id", JobRequest.of("prompt"), JobStatus.COMPLETED, 2, 1, 6, CREATED, ENDED, null, ENDED,
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, history, null,
                null);
        this.counting.changed(new JobChanged(JobStatus.FAILED, late));
        JobTally stored = stored();
        assertThat(stored.statuses()).isEqualTo(Map.of(JobStatus.FAILED, -1L, JobStatus.COMPLETED, 1L));
        assertThat(stored.minuteOf(RETRIED).fields()).containsEntry("failed", -1L);
        assertThat(stored.minuteOf(ENDED).fields()).containsEntry("completed", 1L);
    }

    @Test
    void addsUpTokensByQueueAndModel() {
        used("llm", "gpt-4.1", 10, 1);
        used("llm", "gpt-4.1", 5, 0);
        used("default", "gpt-4.1", 1, 2);
        String llm = "tokens." + new QueueModel("llm", "gpt-4.1").key();
        String other = "tokens." + new QueueModel("default", "gpt-4.1").key();
        assertThat(stored().minuteOf(ENDED).fields())
            .isEqualTo(Map.of(llm + ".input", 15L, llm + ".output", 1L, other + ".input", 1L, other + ".output", 2L));
    }

    @Test
    void countsModelsPastTheTwentiethTogether() {
        IntStream.rangeClosed(1, 22).forEach((i) -> used("llm", "model-" + i, 1, 0));
        Map<String, Long> fields = stored().minuteOf(ENDED).fields();
        assertThat(fields).hasSize(2 * 21)
            .containsEntry("tokens." + new QueueModel("llm", "model-20").key() + ".input", 1L)
            .containsEntry("tokens." + new QueueModel("llm", "other").key() + ".input", 2L);
    }

    @Test
    void keepsWhatCannotBeStored() {
        willThrow(new DataAccessResourceFailureException("unavailable")).given(this.counters).add(any());
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.FAILED)));
        this.counting.store();
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.FAILED)));
        reset(this.counters);
        JobTally stored = stored();
        assertThat(stored.statuses()).isEqualTo(Map.of(JobStatus.PENDING, -2L, JobStatus.FAILED, 2L));
        assertThat(stored.minuteOf(ENDED).fields()).isEqualTo(Map.of("failed", 2L));
    }

    private void used(String queue, String model, long input, long output) {
        this.counting.used(new TokensUsed(queue, new JobUsage(model, input, output), ENDED));
    }

    private JobTally stored() {
        this.counting.store();
        ArgumentCaptor<JobTally> stored = ArgumentCaptor.forClass(JobTally.class);
        then(this.counters).should().add(stored.capture());
        return stored.getValue();
    }

    private static Job job(JobStatus status) {
        List<JobEvent> history = List.of(new JobEvent(JobEvent.Type.CREATED, CREATED, 1, null),
                new JobEvent(JobEvent.Type.RETRIED, RETRIED, 2, null));
        Instant ended = (status != JobStatus.PENDING) ? ENDED : null;
        return new Job("id", JobRequest.of("prompt"), status, 2, 1, 5, CREATED, ENDED, null, ended, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, history, null, null);
    }

}
