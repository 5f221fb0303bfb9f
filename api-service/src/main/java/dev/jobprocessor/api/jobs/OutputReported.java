package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.Nullable;

/**
 * A part of what an attempt writes was reported to this instance.
 *
 * @param offset where the text begins, in characters (UTF-16 code units): what a run of
 * the attempt writes follows its {@link #begin}, and what it begins anew is further on by
 * {@link #KEPT} at least
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
     * @param runs how many claims were granted; null without any
     */
    static long begin(@Nullable Integer runs) {
        return (runs != null) ? (runs - 1) * LONGEST_RUN : 0;
    }

    public long end() {
        return this.offset + this.text.length();
    }

}
