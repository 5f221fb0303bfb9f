package dev.jobprocessor.api.live;

import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingUpdatesTests {

    private final PendingUpdates pending = new PendingUpdates();

    @Test
    void tellsOnlyTheLastStateOfAJob() {
        this.pending.changed(job("a", JobStatus.PENDING));
        this.pending.changed(job("b", JobStatus.PENDING));
        this.pending.changed(job("a", JobStatus.COMPLETED));
        assertThat(this.pending.take().jobs()).containsExactlyInAnyOrder(job("a", JobStatus.COMPLETED),
                job("b", JobStatus.PENDING));
    }

    @Test
    void keepsTheNewestStateThoughAnOlderOneArrivesLater() {
        JobView completed = job("a", JobStatus.COMPLETED, "prompt", 3);
        this.pending.changed(completed);
        this.pending.changed(job("a", JobStatus.PENDING));
        assertThat(this.pending.take().jobs()).containsExactly(completed);
    }

    @Test
    void tellsDeletionInPlaceOfTheJob() {
        this.pending.changed(job("a", JobStatus.FAILED));
        this.pending.deleted("a");
        JobUpdates updates = this.pending.take();
        assertThat(updates.jobs()).isEmpty();
        assertThat(updates.deleted()).containsExactly("a");
    }

    @Test
    void keepsDeletionThoughAnOlderStateArrivesLater() {
        this.pending.deleted("a");
        this.pending.changed(job("a", JobStatus.COMPLETED));
        JobUpdates updates = this.pending.take();
        assertThat(updates.jobs()).isEmpty();
        assertThat(updates.deleted()).containsExactly("a");
    }

    @Test
    void namesEachJobOnceThatHasOutput() {
        this.pending.written("a");
        this.pending.written("b");
        this.pending.written("a");
        assertThat(this.pending.take().written()).containsExactly("a", "b");
    }

    @Test
    void dropsOutputOfMoreJobsThanItsCapacity() {
        for (int i = 0; i <= PendingUpdates.CAPACITY; i++) {
            this.pending.written("job-" + i);
        }
        assertThat(this.pending.take().written()).hasSize(PendingUpdates.CAPACITY)
            .doesNotContain("job-" + PendingUpdates.CAPACITY);
    }

    @Test
    void tellsNothingTwice() {
        this.pending.changed(job("a", JobStatus.PENDING));
        this.pending.written("a");
        this.pending.take();
        assertThat(this.pending.take().isEmpty()).isTrue();
    }

    @Test
    void holdsOnlySoMany() {
        for (int i = 0; i <= PendingUpdates.CAPACITY; i++) {
            this.pending.changed(job("job-" + i, JobStatus.PENDING));
        }
        this.pending.changed(job("job-0", JobStatus.FAILED));
        assertThat(this.pending.take().jobs()).hasSize(PendingUpdates.CAPACITY)
            .contains(job("job-0", JobStatus.FAILED));
    }

    @Test
    void tellsOnlySoMuchAtOnceAndTheRestLater() {
        for (String id : List.of("a", "b", "c")) {
            this.pending.changed(job(id, JobStatus.PENDING, "x".repeat(PendingUpdates.MAX_CHARACTERS / 2)));
        }
        this.pending.deleted("d");
        assertThat(this.pending.take().jobs()).extracting(JobView::id).containsExactly("a", "b");
        JobUpdates rest = this.pending.take();
        assertThat(rest.jobs()).extracting(JobView::id).containsExactly("c");
        assertThat(rest.deleted()).containsExactly("d");
    }

    private static JobView job(String id, JobStatus status) {
        return job(id, status, null);
    }

    private static JobView job(String id, JobStatus status, @Nullable String result) {
        return job(id, status, result, 1);
    }

    private static JobView job(String id, JobStatus status, @Nullable String result, long version) {
        return new JobView(id, JobRequest.of("prompt"), status, result, null, null, null, null, null, Instant.EPOCH,
                Instant.EPOCH.minusSeconds(version), null, null, null, null, null, null, null, 1, version, null, null,
                null, null);
    }

}
