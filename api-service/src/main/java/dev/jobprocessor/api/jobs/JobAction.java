package dev.jobprocessor.api.jobs;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a user does to a job. */
public enum JobAction {

    RETRY, CANCEL, DELETE;

    /** Of which jobs only. */
    public Set<JobStatus> statuses() {
        return switch (this) {
            case RETRY -> JobStatus.thatCanBecome(JobStatus.PENDING);
            case CANCEL -> JobStatus.thatCanBecome(JobStatus.CANCELLED);
            case DELETE -> JobStatus.deletable();
        };
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

}
