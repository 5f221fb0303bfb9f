package dev.jobprocessor.api.live;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SocketSettingsTests {

    /** What the image has: a quarter of 460 MB. */
    private final SocketSettings settings = new SocketSettings(1000, DataSize.ofMegabytes(115));

    @Test
    void sendsSmallerFramesToMoreSockets() {
        assertThat(this.settings.frameCharacters(0)).isEqualTo(PendingUpdates.MAX_CHARACTERS);
        assertThat(this.settings.frameCharacters(115)).isEqualTo(PendingUpdates.MAX_CHARACTERS);
        assertThat(this.settings.frameCharacters(116)).isLessThan(PendingUpdates.MAX_CHARACTERS);
        assertThat(this.settings.frameCharacters(1000)).isEqualTo(115 * 1024 * 1024 / 1000 / 8);
        assertThat(this.settings.frameCharacters(1_000_000)).isEqualTo(8 * 1024);
    }

    @Test
    void sharesTheMemoryAmongAllSocketsThatMayBeOpen() {
        assertThat(this.settings.sendBufferBytes()).isEqualTo(115 * 1024 * 1024 / 1000 / 4);
        assertThat(new SocketSettings(1, DataSize.ofMegabytes(115)).sendBufferBytes()).isEqualTo(512 * 1024);
        assertThat(new SocketSettings(1000, DataSize.ofMegabytes(1)).sendBufferBytes()).isEqualTo(16 * 1024);
    }

    @Test
    void allowsOneSocketAtLeast() {
        assertThat(new SocketSettings(1, null).max()).isOne();
        assertThatIllegalArgumentException().isThrownBy(() -> new SocketSettings(0, null));
    }

}
