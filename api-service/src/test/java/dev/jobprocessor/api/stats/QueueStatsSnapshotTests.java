package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.jobs.JobQueues;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

class QueueStatsSnapshotTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final AtomicLong nanoTime = new AtomicLong();

    private final QueueCensus census = mock();

    private final QueueSlots slots = mock();

    private QueueStatsSnapshot snapshot;

    @BeforeEach
    void answer() {
        given(this.slots.activity(any(), any())).willReturn(new QueueActivity());
        this.snapshot = new QueueStatsSnapshot(this.census, this.slots, new JobQueues(List.of("llm")),
                Clock.fixed(NOW, ZoneOffset.UTC), new DatabaseSettings(Duration.ofSeconds(30)), this.nanoTime::get);
    }

    @Test
    void countsForAllCallersOnce() {
        this.snapshot.queues();
        this.snapshot.queues();
        verify(this.census, times(1)).running();
        pass(QueueStatsSnapshot.MAX_AGE);
        this.snapshot.queues();
        verify(this.census, times(2)).running();
    }

    @Test
    void restsForNineTimesAsLongAsACountTakes() {
        given(this.census.running()).will((call) -> {
            pass(Duration.ofSeconds(1));
            return Map.of("llm", new QueueCensus.Group(7, new ObjectId()));
        });
        this.snapshot.queues();
        pass(Duration.ofSeconds(9).minusNanos(1));
        assertThat(this.snapshot.queues()).extracting(QueueStats::running).containsExactly(0L, 7L);
        verify(this.census, times(1)).running();
        pass(QueueStatsSnapshot.MAX_AGE);
        this.snapshot.queues();
        verify(this.census, times(2)).running();
    }

    private void pass(Duration time) {
        this.nanoTime.addAndGet(time.toNanos());
    }

}
