package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressUpdatesTests {

    private final List<Object> published = new ArrayList<>();

    private final ProgressUpdates updates = new ProgressUpdates(this.published::add);

    @Test
    void publishesTheLatestOfEachJobOnceATurn() {
        for (int version = 1; version <= 20; version++) {
            this.updates.add(job("a", version));
        }
        this.updates.add(job("a", 19));
        this.updates.add(job("b", 1));
        this.updates.publish();
        assertThat(this.published).containsExactlyInAnyOrder(new JobProgressed(job("a", 20)),
                new JobProgressed(job("b", 1)));
    }

    @Test
    void publishesNothingTwice() {
        this.updates.add(job("a", 1));
        this.updates.publish();
        this.updates.publish();
        assertThat(this.published).hasSize(1);
    }

    private static Job job(String id, long version) {
        Instant now = Instant.EPOCH;
        return new Job(id, JobRequest.of("prompt"), JobStatus.PENDING, 1, 1, version, now, now, now, null, null, null,
                null, null, null, null, "worker-1", null, null, null, null, null, null, null, List.of(), null, null);
    }

}
