package dev.jobprocessor.api.jobs;

/** What running attempts have written so far. */
public interface WrittenOutput {

    /** Reads what follows an offset. */
    OutputText read(JobAttempt attempt, long from);

}
