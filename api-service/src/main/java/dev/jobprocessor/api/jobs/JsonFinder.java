package dev.jobprocessor.api.jobs;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Whether a text is JSON, or holds it after a {@code <think>} part or in a fenced block,
 * as models like to send it: what the dashboard's {@code find-json.ts} finds, too.
 */
final class JsonFinder {

    /** Of which each costs a try. */
    private static final int MAX_BLOCKS = 100;

    private static final String THOUGHT = "</think>";

    private static final String FENCE = "```";

    private static final Pattern LANGUAGE = Pattern.compile("^[\\w+-]*+(?=\\s)");

    /** Names are not kept: there is no end of them. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNumberLength(JobResult.MAX_BYTES)
            .maxNameLength(JobResult.MAX_BYTES)
            .build())
        .build();

    private JsonFinder() {
    }

    static boolean finds(String text) {
        String answer = withoutThought(text);
        return Stream.concat(Stream.of(text, answer).distinct(), fenced(answer)).anyMatch(JsonFinder::isJson);
    }

    private static String withoutThought(String text) {
        int end = text.indexOf(THOUGHT);
        return (end < 0) ? text : text.substring(end + THOUGHT.length());
    }

    /** What stands between fences; first all between the outermost. */
    private static Stream<String> fenced(String text) {
        if (!text.contains(FENCE)) {
            return Stream.empty();
        }
        String[] parts = text.split(FENCE, -1);
        Stream<String> outermost = (parts.length > 3)
                ? Stream.of(text.substring(text.indexOf(FENCE) + FENCE.length(), text.lastIndexOf(FENCE)))
                : Stream.empty();
        Stream<String> blocks = IntStream.range(1, parts.length - 1)
            .filter((index) -> index % 2 == 1)
            .limit(MAX_BLOCKS)
            .mapToObj((index) -> parts[index]);
        return Stream.concat(outermost, blocks).map((block) -> LANGUAGE.matcher(block).replaceFirst(""));
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            boolean begins = parser.nextToken() != null;
            parser.skipChildren();
            return begins && parser.nextToken() == null;
        }
        catch (JacksonException ex) {
            return false;
        }
    }

}
