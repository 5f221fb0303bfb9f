package dev.jobprocessor.api.webhooks;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A stored secret.
 *
 * @param value as {@link SecretCipher} has it
 * @param validUntil not stored: it follows from when the next one was made
 */
record Secret(String id, String value, Instant createdAt, @Nullable Instant validUntil) {

    Secret until(Instant end) {
        return new Secret(this.id, this.value, this.createdAt, end);
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }

}
