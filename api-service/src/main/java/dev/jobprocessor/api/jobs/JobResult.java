package dev.jobprocessor.api.jobs;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A job's result, stored so that a list of jobs never reads large results.
 *
 * @param head the result, or its first {@value #HEAD_BYTES} bytes
 * @param whole the result where it is longer than that; absent in lists
 * @param malformed true where it holds no JSON; null where it does, and where the job
 * finished before this was looked at
 */
public record JobResult(String head, @Nullable String whole, boolean truncated, @Nullable Boolean malformed) {

    public static final int MAX_BYTES = 1024 * 1024;

    public static final int HEAD_BYTES = 8 * 1024;

    static JobResult of(String text) {
        byte[] bytes = checked(text);
        Boolean malformed = JsonFinder.finds(text) ? null : true;
        return (bytes.length <= HEAD_BYTES) ? new JobResult(text, null, false, malformed)
                : new JobResult(head(bytes), text, true, malformed);
    }

    /**
     * A result in UTF-8.
     * @throws ResultTooLarge if that exceeds 1 MiB
     */
    static byte[] checked(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new ResultTooLarge(bytes.length);
        }
        return bytes;
    }

    String text() {
        return Objects.requireNonNullElse(this.whole, this.head);
    }

    private static String head(byte[] utf8) {
        int end = HEAD_BYTES;
        while ((utf8[end] & 0xC0) == 0x80) { // inside a character: it does not fit whole
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

}
