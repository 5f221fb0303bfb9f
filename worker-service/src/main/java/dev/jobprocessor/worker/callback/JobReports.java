package dev.jobprocessor.worker.callback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.jobprocessor.worker.broker.UndeliverableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.util.backoff.BackOffExecution;

/** Reports how attempts finished to the API, now or later. */
@Component
public class JobReports {

    private static final Logger log = LoggerFactory.getLogger(JobReports.class);

    private final CallbackClient client;

    private final ParkedCallbacks parked;

    private final CallbackSettings settings;

    private final InstantSource time;

    JobReports(CallbackClient client, ParkedCallbacks parked, CallbackSettings settings, InstantSource time) {
        this.client = client;
        this.parked = parked;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Returns once the API knows how an attempt finished or the broker has stored it,
     * however long that takes.
     * @throws UndeliverableException if the API accepts neither the result nor the
     * failure, or not the deferral
     */
    public void report(Callback callback) throws InterruptedException, UndeliverableException {
        if (!isDelivered(callback)) {
            parkOrDeliver(callback);
        }
    }

    private void parkOrDeliver(Callback callback) throws InterruptedException, UndeliverableException {
        if (!isParked(callback)) {
            log.warn("Neither the webhook nor the broker accepts this result: keeping it in memory and retrying both");
            do {
                Thread.sleep(this.settings.maxRetryDelay());
            }
            while (!isDelivered(callback) && !isParked(callback));
        }
    }

    private boolean isParked(Callback callback) throws InterruptedException {
        boolean parked = this.parked.park(callback);
        if (parked) {
            log.info("Parked on the broker until the webhook is available");
        }
        return parked;
    }

    private boolean isDelivered(Callback callback) throws InterruptedException, UndeliverableException {
        Instant start = this.time.instant();
        BackOffExecution backOff = this.settings.startRetries();
        while (!this.client.deliver(callback)) {
            Duration wait = Duration.ofMillis(backOff.nextBackOff());
            if (isTooLong(start, wait)) {
                return false;
            }
            Thread.sleep(wait);
        }
        return true;
    }

    /** Counts the whole outage: not every job waits anew. */
    private boolean isTooLong(Instant start, Duration wait) {
        Duration tried = Duration.between(start, this.time.instant());
        Duration outage = this.client.outage();
        Duration longer = (outage.compareTo(tried) > 0) ? outage : tried;
        return longer.plus(wait).compareTo(this.settings.retryFor()) > 0;
    }

}
