package dev.jobprocessor.api.jobs;

/** Why a job ended FAILED. */
public enum JobFailure {

    /** A worker or workflow said so. */
    REPORTED,

    /** It was started and not reported in time. */
    TIMED_OUT,

    /** No worker could handle its message. */
    UNDELIVERABLE

}
