package dev.jobprocessor.worker.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.jobprocessor.worker.broker.UndeliverableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.util.backoff.BackOffExecution;

/** Tells the API how jobs ended, now or later. */
@Component
public class JobReports {

    private static final Logger log = LoggerFactory.getLogger(JobReports.class);

    private final CallbackClient client;

    private final ParkedCallbacks parked;

    private final CallbackSettings settings;

    private final Clock clock;

    JobReports(CallbackClient client, ParkedCallbacks parked, CallbackSettings settings, Clock clock) {
        this.client = client;
        this.parked = parked;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Returns once the API knows how a job ended or the broker keeps it for the API,
     * however long that takes.
     * @throws UndeliverableException if the API takes neither the result nor the failure,
     * or not the deferral
     */
    public void report(Callback callback) throws InterruptedException, UndeliverableException {
        if (!told(callback)) {
            parkOrTell(callback);
        }
    }

    private void parkOrTell(Callback callback) throws InterruptedException, UndeliverableException {
        if (!isParked(callback)) {
            log.warn("Neither the webhook nor the broker takes this result: it is kept, and both are tried again");
            do {
                Thread.sleep(this.settings.maxRetryDelay());
            }
            while (!told(callback) && !isParked(callback));
        }
    }

    private boolean isParked(Callback callback) throws InterruptedException {
        boolean parked = this.parked.park(callback);
        if (parked) {
            log.info("Parked on the broker until the webhook answers");
        }
        return parked;
    }

    private boolean told(Callback callback) throws InterruptedException, UndeliverableException {
        Instant start = this.clock.instant();
        BackOffExecution waits = this.settings.startRetries();
        while (!this.client.tell(callback)) {
            Duration wait = Duration.ofMillis(waits.nextBackOff());
            if (isTooLong(start, wait)) {
                return false;
            }
            Thread.sleep(wait);
        }
        return true;
    }

    /** Not every job waits anew for a webhook that has long been silent. */
    private boolean isTooLong(Instant start, Duration wait) {
        Duration tried = Duration.between(start, this.clock.instant());
        Duration silence = this.client.silence();
        Duration longer = (silence.compareTo(tried) > 0) ? silence : tried;
        return longer.plus(wait).compareTo(this.settings.retryFor()) > 0;
    }

}
