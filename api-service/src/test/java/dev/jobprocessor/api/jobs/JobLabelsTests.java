package dev.jobprocessor.api.jobs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobLabelsTests {

    private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void takesTagsUpToTheirLimits() {
        assertThat(invalid(JobRequests.labelled("a", null, tags(10, 64)))).isEmpty();
        assertThat(invalid(JobRequests.labelled("a", null, tags(11, 1)))).containsExactly("tags");
        assertThat(invalid(JobRequests.labelled("a", null, tags(1, 65)))).containsExactly("tags");
    }

    @Test
    void takesMetadataUpToItsLimits() {
        assertThat(invalid(JobRequests.labelled("a", pairs(16, 64, 512), null))).isEmpty();
        assertThat(invalid(JobRequests.labelled("a", pairs(17, 2, 1), null))).containsExactly("metadata");
        assertThat(invalid(JobRequests.labelled("a", pairs(1, 65, 1), null))).containsExactly("metadata");
        assertThat(invalid(JobRequests.labelled("a", pairs(1, 1, 513), null))).containsExactly("metadata");
    }

    @ParameterizedTest
    @ValueSource(strings = { "plain", "two words", "a=b", "a.b$c", "東京", "\ud83d\ude80" })
    void takesAnyTextForATagAndAValue(String text) {
        assertThat(invalid(JobRequests.labelled("a", Map.of("key", text), List.of(text)))).isEmpty();
    }

    @Test
    void noPairIsATag() {
        JobRequest request = JobRequests.labelled("a", Map.of("b", "c=d"), List.of("b=c=d", "b"));
        assertThat(JobLabels.of(request)).containsExactly("=b=c=d", "=b", "b=c=d");
        assertThat(JobLabels.ofPair("b", "c=d")).isEqualTo("b=c=d");
    }

    @Test
    void emptyOnesAreNone() {
        assertThat(JobRequests.labelled("a", Map.of(), List.of())).isEqualTo(JobRequest.of("a"));
    }

    private static List<String> invalid(JobRequest request) {
        return Stream.of("tags", "metadata")
            .filter((property) -> !VALIDATOR.validateProperty(request, property).isEmpty())
            .toList();
    }

    private static List<String> tags(int number, int length) {
        return IntStream.range(0, number).mapToObj((i) -> text(i, length)).toList();
    }

    private static Map<String, String> pairs(int number, int keyLength, int valueLength) {
        return IntStream.range(0, number)
            .boxed()
            .collect(Collectors.toMap((i) -> text(i, keyLength), (i) -> "v".repeat(valueLength)));
    }

    private static String text(int number, int length) {
        String digits = Integer.toString(number, 36);
        return "x".repeat(Math.max(0, length - digits.length())) + digits;
    }

}
