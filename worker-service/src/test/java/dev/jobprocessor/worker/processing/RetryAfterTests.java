package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-24T09:30:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                              | PT7S
            0                              | PT0S
            Tue, 24 Nov 2026 09:30:20 GMT  | PT20S
            Tue, 24 Nov 2026 09:29:00 GMT  | PT0S
            -3                             | PT0S
            soon                           | PT0S
            ' 7 '                          | PT7S
            """)
    void readsSecondsAndDates(String value, Duration delay) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, value);

        assertThat(RetryAfter.of(headers, this.clock).delay()).isEqualTo(delay);
    }

    @Test
    void readsNothingLongerThanAnyDate() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, " ".repeat(63) + "7");
        assertThat(RetryAfter.of(headers, this.clock).delay()).hasSeconds(7);
        headers.set(HttpHeaders.RETRY_AFTER, " ".repeat(64) + "7");
        assertThat(RetryAfter.of(headers, this.clock).delay()).isZero();
    }

    @Test
    void isZeroWhereTheServerDoesNotSay() {
        assertThat(RetryAfter.of(new HttpHeaders(), this.clock).delay()).isZero();
    }

}
