package dev.jobprocessor.api.submission;

import java.time.Duration;

import dev.jobprocessor.api.database.DatabaseSettings;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** An instance that stores the same group of calls for ever needs a restart. */
@Component
class SubmissionsHealthIndicator extends AbstractHealthIndicator {

    /** Twice as many as the largest call has. */
    static final int COMMANDS = 64;

    private final JobSubmissions submissions;

    private final Duration limit;

    SubmissionsHealthIndicator(JobSubmissions submissions, DatabaseSettings database) {
        this.submissions = submissions;
        this.limit = database.callTimeout().multipliedBy(COMMANDS);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Duration busy = this.submissions.busy();
        builder.status((busy.compareTo(this.limit) > 0) ? Status.DOWN : Status.UP)
            .withDetail("storing", "for %d s".formatted(busy.toSeconds()));
    }

}
