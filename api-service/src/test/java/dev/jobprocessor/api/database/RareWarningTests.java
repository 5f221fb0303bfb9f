package dev.jobprocessor.api.database;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RareWarningTests {

    private long now = Long.MAX_VALUE; // where nanoTime may overflow

    private final RareWarning warning = new RareWarning(Duration.ofSeconds(10), () -> this.now);

    @Test
    void passesTheFirstAndCountsThoseOfTheInterval() {
        assertThat(this.warning.pass()).hasValue(0);
        assertThat(this.warning.pass()).isEmpty();
        this.now += Duration.ofSeconds(10).toNanos() - 1;
        assertThat(this.warning.pass()).isEmpty();
        this.now++;
        assertThat(this.warning.pass()).hasValue(2);
        assertThat(this.warning.pass()).isEmpty();
    }

}
