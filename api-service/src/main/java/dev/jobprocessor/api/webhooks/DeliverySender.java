package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.webhooks.Delivery.Status;
import dev.jobprocessor.api.webhooks.WebhookClient.Answer;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes one attempt of a delivery. */
@Component
class DeliverySender {

    private static final int MAX_ERROR_LENGTH = 500;

    private final WebhookClient client;

    private final OwnSecrets secrets;

    private final Receivers receivers;

    private final DeliverySchedule schedule;

    private final DeliveryMetrics metrics;

    private final Clock clock;

    DeliverySender(WebhookClient client, OwnSecrets secrets, Receivers receivers, DeliverySchedule schedule,
            DeliveryMetrics metrics, Clock clock) {
        this.client = client;
        this.secrets = secrets;
        this.receivers = receivers;
        this.schedule = schedule;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Returns what came of it.
     * @throws DataAccessException if the database is needed and unavailable
     */
    DeliveryResult attempt(Delivery delivery) {
        Instant disabled = this.receivers.disabledSince(delivery.receiver());
        if (disabled != null) {
            return new DeliveryResult(delivery, Status.FAILED, this.clock.instant(), null, null, null,
                    "Its receiver is disabled since " + disabled + ", as it had failed for too long");
        }
        try {
            return answered(delivery, call(delivery, headers(delivery)));
        }
        catch (IOException | IllegalStateException ex) {
            return failed(delivery, null, reason(ex));
        }
    }

    private Answer call(Delivery delivery, Map<String, String> headers) throws IOException {
        long start = System.nanoTime();
        try {
            return this.client.post(delivery.url(), delivery.payload(), headers);
        }
        finally {
            this.metrics.called(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Map<String, String> headers(Delivery delivery) {
        Instant now = this.clock.instant();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", delivery.id());
        headers.put("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        headers.put("webhook-signature",
                this.secrets.sign(delivery.owner(), delivery.id(), now.getEpochSecond(), delivery.payload()));
        return headers;
    }

    private DeliveryResult answered(Delivery delivery, Answer answer) {
        HttpStatus.Series series = HttpStatus.Series.resolve(answer.status());
        if (series == HttpStatus.Series.SUCCESSFUL) {
            return new DeliveryResult(delivery, Status.DELIVERED, this.clock.instant(), null, answer.status(),
                    answer.body(), null);
        }
        return failed(delivery, answer, (series == HttpStatus.Series.REDIRECTION)
                ? "It redirects, which is not followed" : "It answers " + answer.status());
    }

    private DeliveryResult failed(Delivery delivery, @Nullable Answer answer, String error) {
        Instant now = this.clock.instant();
        boolean gone = answer != null && answer.status() == HttpStatus.GONE.value();
        Instant retryAt = gone ? null : this.schedule.nextAfter(delivery.attempts() + 1, now);
        return new DeliveryResult(delivery, (retryAt != null) ? Status.PENDING : Status.FAILED, now, retryAt,
                (answer != null) ? answer.status() : null, (answer != null) ? answer.body() : null, error);
    }

    private static String reason(Exception ex) {
        String message = Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getSimpleName());
        String reason = (ex instanceof UnknownHostException) ? "Its name cannot be resolved: " + message : message;
        return (reason.length() > MAX_ERROR_LENGTH) ? reason.substring(0, MAX_ERROR_LENGTH) : reason;
    }

}
