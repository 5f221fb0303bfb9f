package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.springframework.http.HttpHeaders;

/**
 * The delay that a {@code Retry-After} header asks for.
 *
 * @param delay from now on; zero where the server does not say
 */
record RetryAfter(Duration delay) {

    /** More than any date has. */
    private static final int MAX_LENGTH = 64;

    static RetryAfter of(HttpHeaders headers, Clock clock) {
        String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return new RetryAfter(
                (value != null && value.length() <= MAX_LENGTH) ? parse(value.strip(), clock) : Duration.ZERO);
    }

    private static Duration parse(String value, Clock clock) {
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            ZonedDateTime time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), time);
            return wait.isNegative() ? Duration.ZERO : wait;
        }
        catch (DateTimeException ex) {
            return Duration.ZERO;
        }
    }

}
