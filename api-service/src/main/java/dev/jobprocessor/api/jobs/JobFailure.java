package dev.jobprocessor.api.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why a job finished as FAILED. */
public enum JobFailure {

    /** A worker or workflow reported it. */
    REPORTED,

    /** What a worker or workflow reported can never be accepted. */
    REPORT_REFUSED,

    /** It was started and not reported in time. */
    TIMED_OUT,

    /** A provider or workflow took it too long for it to begin. */
    DEFERRED_TOO_LONG,

    /** No worker started it until it expired. */
    EXPIRED,

    /** No worker could handle its message. */
    UNDELIVERABLE;

    /** As clients see it and as it is stored, such as {@code timed_out}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the failure was not reported: a worker may still be running, its result in
     * flight, or sent again in a form that is accepted.
     */
    boolean isGivenUp() {
        return this != REPORTED;
    }

    /** Whether it is the code of such a failure, which no report may have. */
    public static boolean isGivenUp(String code) {
        return Arrays.stream(values()).anyMatch((failure) -> failure.isGivenUp() && failure.code().equals(code));
    }

    /**
     * Whether another try may succeed; a report may say otherwise. What was refused would
     * be again, and a job that was deferred for too long had its time.
     */
    boolean isRetryable() {
        return this == REPORTED || this == TIMED_OUT;
    }

    /** Codes of the failures after which a job can still make the move. */
    static List<String> thatCanBecome(JobStatus next) {
        return Arrays.stream(values())
            .filter((failure) -> JobStatus.FAILED.canBecome(next, failure))
            .map(JobFailure::code)
            .toList();
    }

}
