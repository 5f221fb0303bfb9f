package dev.jobprocessor.api.webhooks;

import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as users see it.
 *
 * @param id also the {@code webhook-id} of each attempt
 * @param type such as {@code job.completed}
 * @param status {@code pending} while an attempt follows
 * @param attempts how many were made since it was sent first, or again
 * @param attemptedAt when the last attempt ended
 * @param nextAttemptAt when the next one follows; absent where none does, or it runs
 * @param httpStatus of the last attempt; absent where nothing was answered
 * @param answer its first 1,024 bytes
 * @param error why it failed
 */
@Schema(name = "Delivery")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String type,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String url,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = {
                "pending", "delivered", "failed" }) String status,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int attempts, @Nullable Instant attemptedAt,
        @Nullable Instant nextAttemptAt, @Nullable Integer httpStatus, @Nullable String answer, @Nullable String error){

    static DeliveryView of(Delivery delivery) {
        return new DeliveryView(delivery.id(), delivery.type(), delivery.url(),
                delivery.status().name().toLowerCase(Locale.ROOT), delivery.createdAt(), delivery.attempts(),
                delivery.attemptedAt(), (delivery.lease() == null) ? delivery.due() : null, delivery.httpStatus(),
                delivery.answer(), delivery.error());
    }

}
