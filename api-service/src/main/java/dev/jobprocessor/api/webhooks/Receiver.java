package dev.jobprocessor.api.webhooks;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A receiver of deliveries that fails; one that does not is not stored.
 *
 * @param id of a host and whose webhooks it has
 * @param failingSince when the first attempt failed that none succeeded after
 * @param disabledAt since when nothing is sent to it; null while it is
 */
@Document(Receiver.COLLECTION)
record Receiver(String id, Instant failingSince, @Nullable Instant disabledAt) {

    static final String COLLECTION = "webhook-receivers";

    static String id(@Nullable String owner, String host) {
        return (owner != null) ? host + " of " + owner : host;
    }

}
