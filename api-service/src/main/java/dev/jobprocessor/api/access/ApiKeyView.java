package dev.jobprocessor.api.access;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A key as admins see it.
 *
 * @param start the first characters of its text
 * @param createdBy absent where the service itself created it
 * @param expiresAt absent where it does not expire
 * @param lastUsedAt up to two minutes old
 * @param key its text, which is shown once: in the response that creates it
 */
@Schema(name = "ApiKey")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiKeyView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Role> roles,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String start,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt, @Nullable String createdBy,
        @Nullable Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable Instant revokedAt, @Nullable String key) {

    static ApiKeyView of(ApiKey key) {
        return view(key, null);
    }

    static ApiKeyView created(ApiKey key, KeyText text) {
        return view(key, text.value());
    }

    private static ApiKeyView view(ApiKey key, @Nullable String text) {
        return new ApiKeyView(key.id(), key.name(), key.roles(), key.start(), key.createdAt(), key.createdBy(),
                key.expiresAt(), key.lastUsedAt(), key.revokedAt(), text);
    }

}
