package dev.jobprocessor.api.retention;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchSizeTests {

    private final BatchSize size = new BatchSize();

    @Test
    void shrinksToWhatTakesFiveMilliseconds() {
        this.size.took(Duration.ofMillis(25));
        assertThat(this.size.jobs()).isEqualTo(5);
        this.size.took(BatchSize.TIME);
        assertThat(this.size.jobs()).isEqualTo(5);
    }

    @Test
    void deletesOneAtLeast() {
        this.size.took(Duration.ofMinutes(1));
        assertThat(this.size.jobs()).isEqualTo(1);
    }

    @Test
    void growsTwofoldUpToItsLimit() {
        this.size.took(Duration.ZERO);
        assertThat(this.size.jobs()).isEqualTo(2 * BatchSize.FIRST);
        this.size.took(Duration.ZERO);
        this.size.took(Duration.ofMillis(-1));
        this.size.took(Duration.ZERO);
        assertThat(this.size.jobs()).isEqualTo(BatchSize.MAX);
    }

}
