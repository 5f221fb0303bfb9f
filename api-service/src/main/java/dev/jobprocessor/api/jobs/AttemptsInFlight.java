package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Attempts that workers run, or ran when they were heard of last. */
@Component
public class AttemptsInFlight {

    private static final int BATCH = 100;

    private final JobDocuments documents;

    private final DispatchTimes dispatch;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    AttemptsInFlight(JobDocuments documents, DispatchTimes dispatch, ApplicationEventPublisher events, Clock clock) {
        this.documents = documents;
        this.dispatch = dispatch;
        this.events = events;
        this.clock = clock;
    }

    /** Returns those that are not open: no report of theirs would be accepted. */
    public List<JobAttempt> ended(Collection<JobAttempt> attempts) {
        List<String> ids = attempts.stream().map(JobAttempt::jobId).filter(ObjectId::isValid).toList();
        Map<String, OpenAttempt> open = ids.isEmpty() ? Map.of() : this.documents.openAttempts(ids);
        return attempts.stream().filter((attempt) -> !isOpen(attempt, open.get(attempt.jobId()))).toList();
    }

    private static boolean isOpen(JobAttempt attempt, @Nullable OpenAttempt open) {
        return open != null && open.number() == attempt.attempt();
    }

    /**
     * Follows each attempt that a lost worker claimed by another one, which uses up no
     * try of a retry policy. The lost one is fenced off: its report is refused, and so is
     * a claim of its message when that is redelivered.
     * @param queues of which jobs are taken over
     * @return how many there were
     */
    public int takeOver(String worker, Collection<String> queues) {
        int all = 0;
        for (List<Job> jobs = claimedBy(worker, queues); !jobs.isEmpty(); jobs = claimedBy(worker, queues)) {
            all += (int) jobs.stream().filter((job) -> takeOver(job, worker)).count();
        }
        return all;
    }

    private List<Job> claimedBy(String worker, Collection<String> queues) {
        Query claimed = Query.query(claimed(worker).and(JobFields.QUEUE).in(JobQueues.stored(queues))).limit(BATCH);
        claimed.fields().exclude(JobFields.RESULT, JobFields.WORDS, JobFields.SEARCHED_TEXT, JobFields.HISTORY);
        return this.documents.find(claimed);
    }

    private static Criteria claimed(String worker) {
        return Criteria.where(JobFields.WORKER)
            .is(worker)
            .and(JobFields.STATUS)
            .is(JobStatus.PENDING)
            .and(JobFields.CLAIM)
            .exists(true);
    }

    private boolean takeOver(Job lost, String worker) {
        Instant now = this.clock.instant();
        Instant due = this.dispatch.relayFrom(now);
        Query claimed = Query
            .query(claimed(worker).and(JobFields.ID).is(lost.id()).and(JobFields.ATTEMPT).is(lost.attempt()));
        JobEvent failed = new JobEvent(JobEvent.Type.ATTEMPT_FAILED, now, lost.attempt(),
                "The worker %s was lost".formatted(worker));
        Job next = this.documents.change(claimed,
                JobRetries.followedBy(List.of(failed), now, due).unset(JobFields.NEXT_ATTEMPT_AT));
        if (next != null) {
            this.events.publishEvent(AttemptEnded.of(lost));
            this.events.publishEvent(new JobChanged(JobStatus.PENDING, next));
            this.events.publishEvent(new JobDue(next, due));
        }
        return next != null;
    }

}
