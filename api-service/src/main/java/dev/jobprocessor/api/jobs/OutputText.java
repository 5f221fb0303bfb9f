package dev.jobprocessor.api.jobs;

/**
 * A part of what an attempt wrote.
 *
 * @param offset where it begins
 * @param next the offset of what follows
 */
public record OutputText(long offset, String text, long next) {

    public static final OutputText NONE = new OutputText(0, "", 0);

    /** Cuts what is longer. */
    public OutputText first(int length) {
        if (this.text.length() <= length) {
            return this;
        }
        String first = Prefix.of(this.text, length);
        return new OutputText(this.offset, first, this.offset + first.length());
    }

}
