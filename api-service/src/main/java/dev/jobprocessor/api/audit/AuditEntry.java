package dev.jobprocessor.api.audit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.jobprocessor.api.database.PageCursor;
import io.swagger.v3.oas.annotations.media.Schema;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.security.core.Authentication;

/**
 * A change that a person or a key made, or a call or frame that was refused. It has
 * nothing of a body.
 *
 * @param actor who called, such as {@code key:ci}; null without a valid credential
 * @param keyId the id of the API key; null where another credential was used
 * @param action method and route, such as {@code DELETE /jobs/{id}}, or
 * {@code STOMP SUBSCRIBE}
 * @param target the job, key, queue or worker; null where the call names none
 * @param status of the response
 * @param address of the client, as the proxy next to the service saw it
 * @param userAgent its first {@value #MAX_LENGTH} characters
 * @param count how many refused calls this entry stands for; null for one
 */
@Document(AuditEntry.COLLECTION)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = { "id", "at", "action", "status", "outcome" })
record AuditEntry(String id, Instant at, @Nullable String actor, @Nullable String keyId, String action,
        @Nullable String target, int status, Outcome outcome, @Nullable String address, @Nullable String userAgent,
        @Nullable String traceId, @Nullable Integer count) {

    static final String COLLECTION = "audit";

    /** Of each text. */
    static final int MAX_LENGTH = 200;

    static AuditEntry of(Instant at, @Nullable Authentication caller, String action, @Nullable String target,
            int status, Outcome outcome, @Nullable String address, @Nullable String userAgent,
            @Nullable String traceId) {
        return new AuditEntry(new ObjectId().toHexString(), at, (caller != null) ? cut(caller.getName()) : null,
                keyId(caller), action, cut(target), status, outcome, address, cut(userAgent), traceId, null);
    }

    private static @Nullable String keyId(@Nullable Authentication caller) {
        return (caller != null && caller.getDetails() instanceof Map<?, ?> details
                && details.get("keyId") instanceof String id) ? id : null;
    }

    private static @Nullable String cut(@Nullable String text) {
        return (text != null && text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) : text;
    }

    /** Where a page ends whose last entry this is. */
    PageCursor cursor() {
        return new PageCursor(this.at, this.id);
    }

    /** What became of the call. */
    enum Outcome {

        DONE, REFUSED,

        /** The server failed, before the change or after it. */
        UNKNOWN;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
