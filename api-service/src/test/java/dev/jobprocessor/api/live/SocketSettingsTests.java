package dev.jobprocessor.api.live;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SocketSettingsTests {

    private static final int KIB = 1024;

    @Test
    void allowsAThousandSocketsOrAsManyAsThereIsMemoryFor() {
        assertThat(settings(1000 * 96 * KIB).limit()).isEqualTo(1000);
        assertThat(settings(1000 * 96 * KIB - 1).limit()).isEqualTo(999);
        assertThat(settings(2000 * 96 * KIB).limit()).isEqualTo(1000);
        assertThat(settings(1).limit()).isOne();
        assertThat(new SocketSettings(5000, DataSize.ofBytes(1)).limit()).isEqualTo(5000);
    }

    @Test
    void sendsSmallerFramesToMoreSockets() {
        SocketSettings settings = settings(100 * (64 + 4 * 128) * KIB);
        assertThat(settings.frameCharacters(0)).isEqualTo(128 * KIB);
        assertThat(settings.frameCharacters(100)).isEqualTo(128 * KIB);
        assertThat(settings.frameCharacters(200)).isEqualTo((288 - 64) / 4 * KIB);
        assertThat(settings.frameCharacters(100_000)).isEqualTo(4 * KIB);
    }

    @Test
    void sharesTheMemoryAmongAllSocketsThatMayBeOpen() {
        assertThat(settings(1000 * 128 * KIB).sendBufferBytes()).isEqualTo(16 * KIB);
        assertThat(settings(100 * 96 * KIB).sendBufferBytes()).isEqualTo(8 * KIB);
        assertThat(new SocketSettings(1, DataSize.ofMegabytes(115)).sendBufferBytes()).isEqualTo(512 * KIB);
    }

    @Test
    void allowsOneSocketAtLeast() {
        assertThat(new SocketSettings(1, null).limit()).isOne();
        assertThatIllegalArgumentException().isThrownBy(() -> new SocketSettings(0, null));
    }

    private static SocketSettings settings(int bytes) {
        return new SocketSettings(null, DataSize.ofBytes(bytes));
    }

}
