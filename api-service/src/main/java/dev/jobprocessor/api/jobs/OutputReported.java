package dev.jobprocessor.api.jobs;

/**
 * A part of what an attempt writes was reported to this instance.
 *
 * @param offset how many characters (UTF-16 code units) the attempt had written before; 0
 * where it begins, also anew
 * @param text whole Unicode, 1 to {@value #MAX_LENGTH} characters
 */
public record OutputReported(JobAttempt attempt, long offset, String text) {

    public static final int MAX_LENGTH = 64 * 1024;

    public long end() {
        return this.offset + this.text.length();
    }

}
