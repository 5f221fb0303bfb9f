package dev.jobprocessor.api.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonFinderTests {

    /** What the dashboard is tested by, too. */
    private static final Path EXAMPLES = Path.of("..", "ui", "src", "api", "results.json");

    static List<Example> examples() throws IOException {
        return new JsonMapper().readValue(Files.readAllBytes(EXAMPLES), new TypeReference<List<Example>>() {
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void findsWhatTheDashboardFinds(Example example) {
        assertThat(JsonFinder.finds(example.result())).isEqualTo(example.json());
    }

    @ParameterizedTest
    @ValueSource(ints = { 99, 100 })
    void looksIntoTheFirstHundredBlocks(int before) {
        String text = "```\nprint(1)\n```\n".repeat(before) + "```\n{}\n```\n";
        assertThat(JsonFinder.finds(text)).isEqualTo(before < 100);
    }

    @Test
    void readsNumbersAndNamesOfAnyLength() {
        String digits = "1".repeat(200_000);
        assertThat(JsonFinder.finds("{\"" + digits + "\":" + digits + "}")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"a\":", "```{", "</think>", "``` ", "a" })
    void endsOnWhateverTextIsRepeated(String part) {
        assertThat(JsonFinder.finds(part.repeat(JobResult.MAX_BYTES / part.length()))).isFalse();
    }

    record Example(String result, boolean json) {
    }

}
