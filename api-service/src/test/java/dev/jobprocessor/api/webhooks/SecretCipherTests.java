package dev.jobprocessor.api.webhooks;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SecretCipherTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void encryptsWhereThereIsAKey() {
        String stored = cipher("a long random key").encrypt(SECRET);
        assertThat(stored).doesNotContain("MfKQ");
        assertThat(cipher("a long random key").decrypt(stored)).isEqualTo(SECRET);
        assertThat(cipher("a long random key").encrypt(SECRET)).isNotEqualTo(stored);
    }

    @Test
    void readsWhatWasStoredWithoutAKey() {
        assertThat(cipher("").encrypt(SECRET)).isEqualTo(SECRET);
        assertThat(cipher("a long random key").decrypt(SECRET)).isEqualTo(SECRET);
    }

    @Test
    void readsNothingByAnotherKey() {
        String stored = cipher("a long random key").encrypt(SECRET);
        assertThatIllegalStateException().isThrownBy(() -> cipher("another key").decrypt(stored));
        assertThatIllegalStateException().isThrownBy(() -> cipher("").decrypt(stored))
            .withMessageContaining("DELIVERIES_ENCRYPTION_KEY");
    }

    private static SecretCipher cipher(String key) {
        return new SecretCipher(new DeliverySettings(List.of(), Duration.ofSeconds(1), 1, 1, Duration.ofDays(1),
                Duration.ofDays(1), key));
    }

}
