package dev.jobprocessor.api.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;
import org.springframework.stereotype.Component;

/** An instance needs a restart once a scheduled task is stuck, or runs no more. */
@Component
class TasksHealthIndicator extends AbstractHealthIndicator {

    /** Longer than the longest task, which may count jobs for five minutes. */
    static final Duration STUCK = Duration.ofMinutes(10);

    private final List<ScheduledTaskHolder> holders;

    private final Clock clock;

    TasksHealthIndicator(List<ScheduledTaskHolder> holders, Clock clock) {
        this.holders = holders;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> stuck = this.holders.stream()
            .flatMap((holder) -> holder.getScheduledTasks().stream())
            .map(ScheduledTask::getTask)
            .filter(this::isStuck)
            .map(Task::toString)
            .toList();
        builder.status(stuck.isEmpty() ? Status.UP : Status.DOWN).withDetail("stuck", stuck);
    }

    private boolean isStuck(Task task) {
        Instant begun = begun(task);
        Duration interval = (task instanceof IntervalTask repeated) ? repeated.getIntervalDuration() : Duration.ZERO;
        return begun != null && begun.plus(interval).plus(STUCK).isBefore(this.clock.instant());
    }

    /** Null before the first time. */
    private static @Nullable Instant begun(Task task) {
        return task.getLastExecutionOutcome().executionTime();
    }

}
