package dev.jobprocessor.api.jobs;

/** What running attempts have written so far. */
public interface WrittenOutput {

    /**
     * Reads what follows an offset; from the beginning where the attempt has not written
     * as much, as it began anew.
     */
    OutputText read(JobAttempt attempt, long from);

}
