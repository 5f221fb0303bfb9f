package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import dev.jobprocessor.api.database.DatabaseErrors;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Scope;

/** What moves jobs, by a clock that each test sets and nothing else goes by. */
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public class TimedJobs {

    private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

    private final ApplicationEventPublisher events;

    private final RequestTrace trace;

    private final DispatchTimes dispatch;

    private final JobDeadlines deadlines;

    final JobDocuments documents;

    final JobSettings settings;

    final Jobs jobs;

    final JobAttempts attempts;

    Instant now = Instant.EPOCH;

    TimedJobs(JobDocuments documents, ApplicationEventPublisher events, JobSettings settings, RequestTrace trace,
            DispatchTimes dispatch, ProgressUpdates progress, DatabaseErrors databaseErrors, PausedQueues paused) {
        this.documents = documents;
        this.events = events;
        this.settings = settings;
        this.trace = trace;
        this.dispatch = dispatch;
        this.jobs = jobs(documents, settings);
        this.attempts = new JobAttempts(this.jobs, documents, events, this.clock, settings, progress, paused,
                (worker, attempt, claimedAt) -> false);
        this.deadlines = new JobDeadlines(this.jobs, settings, databaseErrors, this.clock, () -> 0);
    }

    Jobs jobs(JobDocuments documents, JobSettings settings) {
        return new Jobs(documents, this.events, this.clock, settings, this.trace, this.dispatch,
                new JobRetries(settings, this.clock), (job) -> {
                });
    }

    /** Gives up at a time what is overdue then. */
    void timeOutAt(Instant time) {
        this.now = time;
        this.deadlines.timeOutOverdueJobs();
    }

}
