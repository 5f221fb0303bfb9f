package dev.jobprocessor.api.jobs;

import java.util.EnumSet;
import java.util.Set;

/** Where a job stands. A PENDING job with a start time is running. */
public enum JobStatus {

    PENDING, COMPLETED, FAILED, CANCELLED;

    /** The moves a job can make; every conditional update of the database asks here. */
    boolean canBecome(JobStatus next) {
        return switch (this) {
            case PENDING -> next != PENDING;
            case FAILED, CANCELLED -> next == PENDING; // a user's retry
            case COMPLETED -> false;
        };
    }

    boolean isDeletable() {
        return this != PENDING;
    }

    static Set<JobStatus> thatCanBecome(JobStatus next) {
        EnumSet<JobStatus> statuses = EnumSet.allOf(JobStatus.class);
        statuses.removeIf((status) -> !status.canBecome(next));
        return statuses;
    }

    static Set<JobStatus> deletable() {
        EnumSet<JobStatus> statuses = EnumSet.allOf(JobStatus.class);
        statuses.removeIf((status) -> !status.isDeletable());
        return statuses;
    }

}
