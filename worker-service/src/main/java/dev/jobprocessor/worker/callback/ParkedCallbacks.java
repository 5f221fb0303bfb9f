package dev.jobprocessor.worker.callback;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import dev.jobprocessor.worker.broker.ConfirmedPublisher;
import dev.jobprocessor.worker.broker.Handled;
import dev.jobprocessor.worker.broker.JobMessageHandler;
import dev.jobprocessor.worker.broker.JobRoute;
import dev.jobprocessor.worker.broker.UndeliverableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpException;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Results parked on the broker while the webhook is unavailable, so that no work is
 * repeated.
 */
@Component
class ParkedCallbacks implements JobMessageHandler<Callback> {

    private static final Logger log = LoggerFactory.getLogger(ParkedCallbacks.class);

    private final ConfirmedPublisher publisher;

    private final CallbackClient client;

    private final CallbackSettings settings;

    private final JsonMapper json;

    private final InstantSource time;

    private final CallbackMetrics metrics;

    ParkedCallbacks(ConfirmedPublisher publisher, CallbackClient client, CallbackSettings settings, JsonMapper json,
            InstantSource time, CallbackMetrics metrics) {
        this.publisher = publisher;
        this.client = client;
        this.settings = settings;
        this.json = json;
        this.time = time;
        this.metrics = metrics;
    }

    /** Publishes a result, or returns false: the broker did not confirm it. */
    boolean park(Callback callback) throws InterruptedException {
        try {
            this.publisher.publish(JobRoute.CALLBACK, this.json.writeValueAsBytes(callback), Map.of());
            this.metrics.parked();
            return true;
        }
        catch (AmqpException ex) {
            log.debug("The broker did not confirm a result", ex);
            return false;
        }
    }

    /**
     * Retries a parked result until the webhook is available, at most for
     * {@code holdParked}: far less than RabbitMQ's consumer timeout.
     */
    @Override
    public Handled handle(Callback callback) throws InterruptedException, UndeliverableException {
        Instant end = this.time.instant().plus(this.settings.holdParked());
        BackOffExecution backOff = this.settings.startRetries();
        while (!this.client.deliver(callback)) {
            if (this.time.instant().isAfter(end)) {
                return Handled.REQUEUED;
            }
            Thread.sleep(backOff.nextBackOff());
        }
        this.metrics.unparked();
        log.info("Reported a parked result");
        return Handled.DONE;
    }

}
