package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.util.Pair;
import org.springframework.stereotype.Component;

/**
 * Completes attempts of several jobs by two commands, whatever their number, as
 * {@link Jobs#finish} completes each by one.
 */
@Component
public class JobCompletions {

    private final JobDocuments documents;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    JobCompletions(JobDocuments documents, ApplicationEventPublisher events, Clock clock) {
        this.documents = documents;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Completes those attempts that are open.
     * @param results outcomes with a result
     * @return the jobs that this completed; whether another report was first, or there is
     * no such job, {@link Jobs#finish} tells
     */
    public Map<JobAttempt, Job> complete(Map<JobAttempt, JobOutcome> results) {
        if (results.isEmpty()) {
            return Map.of();
        }
        Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Job> found = this.documents.changeEach(results.entrySet()
            .stream()
            .map((result) -> Pair.of(Jobs.openAttempt(result.getKey().jobId(), result.getKey().attempt()),
                    Jobs.finishWith(result.getKey(), result.getValue(), now)))
            .toList(), completedAt(now, results));
        Map<JobAttempt, Job> completed = found.stream()
            .collect(Collectors.toMap(JobCompletions::attemptOf, Function.identity()));
        completed.keySet().retainAll(results.keySet());
        completed.forEach((attempt, job) -> publish(job, Objects.requireNonNull(results.get(attempt))));
        return completed;
    }

    /**
     * Also finds a job that another instance completed in the same millisecond by another
     * copy of its report: it is counted twice until the counters are reconciled.
     */
    private static Query completedAt(Instant now, Map<JobAttempt, JobOutcome> results) {
        return Query.query(Criteria.where(JobFields.ID)
            .in(results.keySet().stream().map(JobAttempt::jobId).toList())
            .and(JobFields.STATUS)
            .is(JobStatus.COMPLETED)
            .and(JobFields.COMPLETED_AT)
            .is(now));
    }

    private static JobAttempt attemptOf(Job job) {
        return new JobAttempt(job.id(), job.attempt());
    }

    private void publish(Job job, JobOutcome outcome) {
        this.events.publishEvent(new JobChanged(JobStatus.PENDING, job));
        if (outcome.usage() != null) {
            this.events.publishEvent(new TokensUsed(job.queue(), outcome.usage(), job.updatedAt()));
        }
    }

}
