package dev.jobprocessor.local;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

    private final Backoff backoff = new Backoff();

    @Test
    void doublesUpToHalfAMinute() {
        assertThat(Stream.generate(() -> this.backoff.after(Duration.ZERO)).limit(7)).extracting(Duration::toSeconds)
            .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void beginsAnewAfterAServiceStayedUp() {
        this.backoff.after(Duration.ZERO);
        this.backoff.after(Duration.ZERO);
        assertThat(this.backoff.after(Duration.ofMinutes(2))).hasSeconds(1);
        assertThat(this.backoff.after(Duration.ZERO)).hasSeconds(2);
    }

}
