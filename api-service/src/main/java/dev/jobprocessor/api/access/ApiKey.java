package dev.jobprocessor.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An API key as it is stored.
 *
 * @param name of whoever uses it; two keys may have one name, so that one can replace the
 * other
 * @param roles as they were granted
 * @param start the first characters of its text
 * @param hash of its text
 * @param createdBy absent where the service itself created it
 * @param expiresAt absent where it does not expire
 * @param lastUsedAt up to two minutes old
 */
@Document(ApiKeys.COLLECTION)
record ApiKey(String id, String name, List<Role> roles, String start, String hash, Instant createdAt,
        @Nullable String createdBy, @Nullable Instant expiresAt, @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    static ApiKey of(KeyText text, String name, Set<Role> roles, Instant createdAt, @Nullable String createdBy,
            @Nullable Instant expiresAt) {
        return new ApiKey(new ObjectId().toHexString(), name, List.copyOf(roles), text.start(), text.hash(), createdAt,
                createdBy, expiresAt, null, null);
    }

    ApiKey withId(String id) {
        return new ApiKey(id, this.name, this.roles, this.start, this.hash, this.createdAt, this.createdBy,
                this.expiresAt, this.lastUsedAt, this.revokedAt);
    }

    boolean isExpired(Instant now) {
        return this.expiresAt != null && !now.isBefore(this.expiresAt);
    }

}
