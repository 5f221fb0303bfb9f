package dev.jobprocessor.api.jobs;

/**
 * A part of what an attempt wrote.
 *
 * @param offset how many characters are before it
 * @param next the offset of what follows
 */
public record OutputText(long offset, String text, long next) {

    public static final OutputText NONE = new OutputText(0, "", 0);

    /** Cuts what is longer; no text ends with half a surrogate pair. */
    public OutputText first(int length) {
        if (this.text.length() <= length) {
            return this;
        }
        int end = Character.isHighSurrogate(this.text.charAt(length - 1)) ? length - 1 : length;
        return new OutputText(this.offset, this.text.substring(0, end), this.offset + end);
    }

}
