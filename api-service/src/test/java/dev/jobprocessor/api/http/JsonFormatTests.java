package dev.jobprocessor.api.http;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonFormatTests {

    private final JsonMapper mapper = mapper();

    @ParameterizedTest
    @ValueSource(strings = { "2026-11-24T09:30:15.042Z", "2026-11-24T09:30:15.000Z", "2026-11-24T09:30:00.100Z" })
    void writesTimesWithMilliseconds(String time) {
        assertThat(this.mapper.writeValueAsString(Instant.parse(time))).isEqualTo('"' + time + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = { "5", "0.5", "true" })
    void takesNothingElseForAString(String json) {
        assertThatExceptionOfType(MismatchedInputException.class)
            .isThrownBy(() -> this.mapper.readValue("{\"text\":" + json + "}", Texts.class));
    }

    @Test
    void ignoresUnknownFields() {
        assertThat(this.mapper.readValue("{\"text\":\"a\",\"more\":1}", Texts.class)).isEqualTo(new Texts("a"));
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        new JsonFormat().strictStringsAndMilliseconds().customize(builder);
        return builder.build();
    }

    record Texts(String text) {
    }

}
