package dev.jobprocessor.api.jobs;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class FailureSignatureTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The model gave up                                         | The model gave up
            No report within 900 s                                    | No report within # s
            Job 6925f0a1c3b2a40f5d1e7a01 is unknown                   | Job # is unknown
            Request 123e4567-e89b-12d3-a456-426614174000 timed out    | Request # timed out
            Connection to 10.0.0.7:5432 refused at 09:30:15.042       | Connection to # refused at #
            gpt-4o gave 429, retry in 1.5s                            | gpt-#o gave #, retry in #s
            international deadline                                    | international deadline
            """)
    void foldsNumbersAndIds(String error, String folded) {
        assertThat(FailureSignature.of("reported", error)).isEqualTo("reported: " + folded);
    }

    @Test
    void foldsSpaceAndKeepsSomeOfALongError() {
        assertThat(FailureSignature.of("a", " two\n\tlines ")).isEqualTo("a: two lines");
        assertThat(FailureSignature.of("a", "x".repeat(197))).hasSize(FailureSignature.MAX_LENGTH);
        assertThat(FailureSignature.of("a", "x".repeat(198))).hasSize(FailureSignature.MAX_LENGTH);
        assertThat(FailureSignature.of("a", "x".repeat(196) + "\ud83d\ude80")).hasSize(FailureSignature.MAX_LENGTH - 1);
    }

    @Test
    void isNoneWithoutAFailure() {
        assertThat(FailureSignature.of(null, "error")).isNull();
        assertThat(FailureSignature.of("code", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "1", "a1", "1.", "1234abcd-", "\n", "é" })
    void takesTimeInProportionToTheError(String part) {
        String error = part.repeat(1_000_000 / part.length());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> FailureSignature.of("a", error));
    }

}
