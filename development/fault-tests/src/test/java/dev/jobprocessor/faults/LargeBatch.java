package dev.jobprocessor.faults;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The largest batch there may be, a thousand jobs of 5,000 ideographs each: 15 MB, or 30
 * MB where they are escaped.
 *
 * @param number tells its jobs from those of other batches
 */
record LargeBatch(int number, boolean isEscaped) {

    private static final int JOBS = 1000;

    private static final int CHARACTERS = 5000;

    private static final String IDEOGRAPH = "\u6771";

    private static final String ESCAPED = "\\u6771";

    /** In the order of the jobs, no two alike. */
    List<String> prompts() {
        return beginnings().map((beginning) -> beginning + rest(beginning, IDEOGRAPH)).toList();
    }

    private Stream<String> beginnings() {
        return IntStream.range(0, JOBS).mapToObj((job) -> "batch %02d, job %03d ".formatted(this.number, job));
    }

    private static String rest(String beginning, String ideograph) {
        return ideograph.repeat(CHARACTERS - beginning.length());
    }

    /** The jobs share the rest of their prompts, so that many batches fit in memory. */
    BodyPublisher body() {
        List<String> beginnings = beginnings().toList();
        byte[] rest = (rest(beginnings.getFirst(), this.isEscaped ? ESCAPED : IDEOGRAPH) + "\"}").getBytes(UTF_8);
        List<byte[]> parts = new ArrayList<>();
        for (String beginning : beginnings) {
            parts.add(((parts.isEmpty() ? "[" : ",") + "{\"prompt\":\"" + beginning).getBytes(UTF_8));
            parts.add(rest);
        }
        parts.add("]".getBytes(UTF_8));
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(parts),
                parts.stream().mapToLong((part) -> part.length).sum());
    }

}
