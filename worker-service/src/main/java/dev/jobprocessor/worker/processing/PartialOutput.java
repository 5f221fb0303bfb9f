package dev.jobprocessor.worker.processing;

/**
 * Takes what running attempts write, to be shown until their results are there. It may
 * lose any of it, but never waits and never fails.
 */
@FunctionalInterface
public interface PartialOutput {

    /** How many characters are taken at once. */
    int MAX_LENGTH = 8 * 1024;

    /** How many characters the API keeps of an attempt. */
    int KEPT = 256 * 1024;

    /**
     * Takes what follows.
     * @param offset counts characters from where the job's output begins; what is begun
     * anew is further on by {@link #KEPT} at least
     * @param text at most {@value #MAX_LENGTH} characters, of which the last is no half
     * of a surrogate pair
     */
    void written(Job job, long offset, String text);

}
