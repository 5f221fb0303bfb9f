package dev.jobprocessor.api.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.dispatch.Outbox.DueJob;
import dev.jobprocessor.api.dispatch.Outbox.Lease;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

class LeasedJobsTests {

    private static final Instant DUE = Instant.parse("2026-11-24T09:30:00Z");

    private static final Lease FIRST = new Lease(new ObjectId(), DUE.plusSeconds(10));

    private static final Lease SECOND = new Lease(new ObjectId(), DUE.plusSeconds(11));

    private final Outbox outbox = mock();

    private final LeasedJobs leased = new LeasedJobs(this.outbox);

    @Test
    void holdsEachUntilItIsDue() {
        assertThat(this.leased.nextDue()).isEqualTo(Instant.MAX);
        this.leased.add(FIRST, List.of(new DueJob("2", DUE.plusMillis(1)), new DueJob("1", DUE)));
        assertThat(this.leased.nextDue()).isEqualTo(DUE);
        assertThat(this.leased.takeDue(DUE.minusMillis(1), 10)).isEmpty();
        assertThat(this.leased.takeDue(DUE, 10)).isEqualTo(Map.of(FIRST, List.of("1")));
        assertThat(this.leased.nextDue()).isEqualTo(DUE.plusMillis(1));
    }

    @Test
    void takesNoMoreThanIsAskedForAndTheLongestOverdueFirst() {
        this.leased.add(SECOND, List.of(new DueJob("3", DUE.plusMillis(2))));
        this.leased.add(FIRST, List.of(new DueJob("1", DUE), new DueJob("2", DUE.plusMillis(1))));
        assertThat(this.leased.takeDue(DUE.plusSeconds(1), 2)).isEqualTo(Map.of(FIRST, List.of("1", "2")));
        assertThat(this.leased.takeDue(DUE.plusSeconds(1), 2)).isEqualTo(Map.of(SECOND, List.of("3")));
    }

    @Test
    void countsWhatItHolds() {
        assertThat(this.leased.freeCapacity()).isEqualTo(LeasedJobs.MAX_SIZE);
        this.leased.add(FIRST, List.of(new DueJob("1", DUE), new DueJob("2", DUE)));
        assertThat(this.leased.freeCapacity()).isEqualTo(LeasedJobs.MAX_SIZE - 2);
        this.leased.takeDue(DUE, 1);
        assertThat(this.leased.freeCapacity()).isEqualTo(LeasedJobs.MAX_SIZE - 1);
    }

    @Test
    void givesBackWhatAStopLeaves() {
        DueJob job = new DueJob("2", DUE.plusMillis(1));
        this.leased.add(FIRST, List.of(new DueJob("1", DUE), job));
        this.leased.takeDue(DUE, 1);
        this.leased.stop();
        then(this.outbox).should().release(FIRST, List.of(job));
        then(this.outbox).shouldHaveNoMoreInteractions();
    }

    @Test
    void stopsThoughTheDatabaseIsUnavailable() {
        this.leased.add(FIRST, List.of(new DueJob("1", DUE)));
        willThrow(new DataAccessResourceFailureException("")).given(this.outbox).release(any(), any());
        assertThatNoException().isThrownBy(this.leased::stop);
    }

}
