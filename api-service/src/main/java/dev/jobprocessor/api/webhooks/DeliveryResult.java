package dev.jobprocessor.api.webhooks;

import java.time.Instant;

import dev.jobprocessor.api.webhooks.Delivery.Status;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to.
 *
 * @param retryAt when another follows; null where none does
 * @param httpStatus null where nothing was answered
 * @param answer the beginning of the body
 * @param error null where it was delivered
 */
record DeliveryResult(Delivery delivery, Status status, Instant at, @Nullable Instant retryAt,
        @Nullable Integer httpStatus, @Nullable String answer, @Nullable String error) {
}
