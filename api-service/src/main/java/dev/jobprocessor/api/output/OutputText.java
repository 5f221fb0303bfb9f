package dev.jobprocessor.api.output;

import java.time.Instant;
import java.util.List;

/**
 * A part of what an attempt wrote.
 *
 * @param offset how many characters are before it
 * @param next the offset of what follows
 */
record OutputText(long offset, String text, long next) {

    static final OutputText NONE = new OutputText(0, "", 0);

    /**
     * Joins chunks to what follows an offset, up to the first gap. A gap at the beginning
     * is passed over where what is behind it was stored before, as several instances may
     * store what follows each other: what is missing then is not kept any more.
     * @param chunks in order, with no more of what is before the offset than overlaps it
     */
    static OutputText following(long from, List<OutputChunk> chunks, Instant before) {
        StringBuilder text = new StringBuilder();
        long offset = from;
        long next = from;
        for (OutputChunk chunk : chunks) {
            if (chunk.offset() > next) {
                if (!text.isEmpty() || !chunk.at().isBefore(before)) {
                    break;
                }
                offset = chunk.offset();
                next = offset;
            }
            if (chunk.end() > next) {
                int start = start(chunk.text(), (int) (next - chunk.offset()));
                offset = text.isEmpty() ? chunk.offset() + start : offset;
                text.append(chunk.text(), start, chunk.text().length());
                next = chunk.end();
            }
        }
        return new OutputText(offset, text.toString(), next);
    }

    /** No text begins with half a surrogate pair, which no UTF-8 can carry. */
    private static int start(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }

}
