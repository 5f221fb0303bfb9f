package dev.jobprocessor.api.http;

import java.time.Duration;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestMemoryTests {

    private static final int KIB = 1024;

    /** Of which large bodies have 768 KiB, a quarter of that when not yet decoded. */
    private final RequestMemory memory = new RequestMemory(settings(DataSize.ofMegabytes(1)));

    @Test
    void refusesTheLargeBodyThatIsTooMuchBesideTheOthers() throws BodyRefused {
        Reservation first = large();
        first.cover(95 * KIB);
        large().cover(95 * KIB);
        assertThatExceptionOfType(BodyRefused.class).isThrownBy(() -> large().cover(95 * KIB)).satisfies((refused) -> {
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
        });
        assertThat(this.memory.large().refused()).isOne();
        first.close();
        large().cover(95 * KIB);
    }

    @Test
    void keepsMemoryForSmallBodies() throws BodyRefused {
        large().cover(10_000 * KIB);
        Reservation small = this.memory.reservation(64 * KIB);
        small.cover(63 * KIB);
        assertThatExceptionOfType(BodyRefused.class).isThrownBy(() -> this.memory.reservation(64 * KIB).cover(KIB));
        small.close();
        assertThat(this.memory.small().usedBytes()).isZero();
    }

    @Test
    void takesTheLargestBodyAlone() throws BodyRefused {
        try (Reservation largest = large()) {
            largest.cover(10_000 * KIB);
            assertThat(this.memory.large().usedBytes()).isEqualTo(768 * KIB);
            assertThatExceptionOfType(BodyRefused.class).isThrownBy(() -> large().cover(1));
        }
        assertThat(this.memory.large().usedBytes()).isZero();
    }

    @Test
    void takesMoreAsABodyGrowsAndReturnsItOnce() throws BodyRefused {
        Reservation growing = large();
        growing.cover(KIB - 1);
        assertThat(this.memory.large().usedBytes()).isEqualTo(4 * KIB);
        growing.cover(10 * KIB);
        growing.cover(KIB);
        assertThat(this.memory.large().usedBytes()).isEqualTo(41 * KIB);
        growing.close();
        growing.close();
        assertThat(this.memory.large().usedBytes()).isZero();
    }

    @Test
    void needsAMegabyteAndASecond() {
        assertThat(settings(DataSize.ofMegabytes(1)).bytes()).isEqualTo(KIB * KIB);
        assertThatIllegalArgumentException().isThrownBy(() -> settings(DataSize.ofBytes(KIB * KIB - 1)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new RequestSettings(DataSize.ofMegabytes(1), Duration.ofMillis(999), Duration.ZERO));
        assertThat(new RequestSettings(null, Duration.ofSeconds(1), Duration.ZERO).bytes())
            .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }

    private Reservation large() {
        return this.memory.reservation(32 * KIB * KIB);
    }

    private static RequestSettings settings(DataSize memory) {
        return new RequestSettings(memory, Duration.ofMinutes(1), Duration.ZERO);
    }

}
