package dev.jobprocessor.api.jobs;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A job's state. A PENDING job with a start time is running. */
public enum JobStatus {

    PENDING, COMPLETED, FAILED, CANCELLED;

    /**
     * The moves a job can make; every conditional update of the database follows them.
     * @param failure why a FAILED job failed, where that is known
     */
    boolean canBecome(JobStatus next, @Nullable JobFailure failure) {
        return switch (this) {
            case PENDING -> next != PENDING;
            case FAILED -> next == PENDING || (next == COMPLETED && failure != null && failure.isGivenUp());
            case CANCELLED -> next == PENDING; // a user's retry, as above
            case COMPLETED -> false;
        };
    }

    boolean isDeletable() {
        return this != PENDING;
    }

    static Set<JobStatus> thatCanBecome(JobStatus next) {
        EnumSet<JobStatus> statuses = EnumSet.allOf(JobStatus.class);
        statuses.removeIf((status) -> !status.canBecome(next, null));
        return statuses;
    }

    public static Set<JobStatus> deletable() {
        EnumSet<JobStatus> statuses = EnumSet.allOf(JobStatus.class);
        statuses.removeIf((status) -> !status.isDeletable());
        return statuses;
    }

}
