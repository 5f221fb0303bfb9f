package dev.jobprocessor.api.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets by AES-GCM where a key is set. What was stored without one stays
 * readable.
 */
@Component
class SecretCipher {

    private static final String ENCRYPTED = "aes-gcm:";

    /** The key is long and random, and one salt does for it. */
    private static final String SALT = "77656268b0f0b6f3";

    private final @Nullable BytesEncryptor encryptor;

    SecretCipher(DeliverySettings settings) {
        this.encryptor = settings.encryptionKey().isEmpty() ? null
                : Encryptors.stronger(settings.encryptionKey(), SALT);
    }

    String encrypt(String text) {
        return (this.encryptor != null) ? ENCRYPTED
                + Base64.getEncoder().encodeToString(this.encryptor.encrypt(text.getBytes(StandardCharsets.UTF_8)))
                : text;
    }

    /**
     * @throws IllegalStateException if it was encrypted with another key
     */
    String decrypt(String stored) {
        if (!stored.startsWith(ENCRYPTED)) {
            return stored;
        }
        if (this.encryptor == null) {
            throw new IllegalStateException("The secret is encrypted, and DELIVERIES_ENCRYPTION_KEY is not set");
        }
        byte[] encrypted = Base64.getDecoder().decode(stored.substring(ENCRYPTED.length()));
        return new String(this.encryptor.decrypt(encrypted), StandardCharsets.UTF_8);
    }

}
