package dev.jobprocessor.api.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class TasksHealthIndicatorTests {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Duration ALLOWED = INTERVAL.plus(TasksHealthIndicator.STUCK);

    private final FixedDelayTask task = new FixedDelayTask(new Cleaning(), INTERVAL, Duration.ZERO);

    @Test
    void isUpBeforeATaskRanFirst() {
        assertThat(health(Instant.MAX).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownOnceATaskHasNotBegunAgainForLongerThanItMayTake() {
        this.task.getRunnable().run();
        assertThat(health(begun().plus(ALLOWED)).getStatus()).isEqualTo(Status.UP);
        assertThat(health(begun().plus(ALLOWED).plusMillis(1)).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void namesTheTask() {
        this.task.getRunnable().run();
        assertThat(health(begun().plus(ALLOWED).plusMillis(1)).getDetails()).containsEntry("stuck",
                List.of("cleaning"));
    }

    private Instant begun() {
        return Objects.requireNonNull(this.task.getLastExecutionOutcome().executionTime());
    }

    private Health health(Instant now) {
        ScheduledTask scheduled = mock();
        given(scheduled.getTask()).willReturn(this.task);
        return Objects.requireNonNull(
                new TasksHealthIndicator(List.of(() -> Set.of(scheduled)), Clock.fixed(now, ZoneOffset.UTC)).health());
    }

    private static final class Cleaning implements Runnable {

        @Override
        public void run() {
            // at once
        }

        @Override
        public String toString() {
            return "cleaning";
        }

    }

}
