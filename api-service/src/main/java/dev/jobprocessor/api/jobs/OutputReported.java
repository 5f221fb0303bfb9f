package dev.jobprocessor.api.jobs;

/**
 * A part of what an attempt writes was reported to this instance.
 *
 * @param offset counts characters (UTF-16 code units) from where the run of the attempt
 * begins; what a worker begins anew is further on by {@link #KEPT} at least
 * @param text whole Unicode, 1 to {@value #MAX_LENGTH} characters
 */
public record OutputReported(JobAttempt attempt, long offset, String text) {

    public static final int MAX_LENGTH = 64 * 1024;

    /** How many characters of an attempt are kept, the last ones. */
    public static final int KEPT = 256 * 1024;

    /** No run writes as much. */
    private static final long LONGEST_RUN = 1L << 32;

    /**
     * Where what a run writes begins: each claim of a job's attempts begins one, behind
     * all that those before may write.
     * @param runs how many claims were granted
     */
    static long begin(int runs) {
        return Math.max(0, runs - 1) * LONGEST_RUN;
    }

    public long end() {
        return this.offset + this.text.length();
    }

}
