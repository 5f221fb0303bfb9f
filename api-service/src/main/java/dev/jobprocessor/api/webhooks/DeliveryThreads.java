package dev.jobprocessor.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.shutdown.ShutdownPhases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Sends deliveries that this instance has leased. On threads of the platform: the
 * resolution of a name would hold up those that carry virtual ones. A stop waits for what
 * is being sent and returns the rest to the other instances.
 */
@Component
class DeliveryThreads implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryThreads.class);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private volatile HostQueues queues;

    private volatile ThreadPoolExecutor threads;

    private final DeliverySender sender;

    private final DeliveryResults results;

    private final Deliveries deliveries;

    private final DeliverySettings settings;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private volatile boolean stopped;

    DeliveryThreads(DeliverySender sender, DeliveryResults results, Deliveries deliveries, DeliverySettings settings,
            DatabaseErrors databaseErrors, Clock clock) {
        this.queues = new HostQueues(settings.maxPerHost());
        this.threads = threads(settings.maxConcurrency());
        this.sender = sender;
        this.results = results;
        this.deliveries = deliveries;
        this.settings = settings;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
    }

    private static ThreadPoolExecutor threads(int max) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(max, max, IDLE.toSeconds(), TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("webhook-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** How many more of a host may be leased. */
    int room(String host) {
        return this.stopped ? 0 : this.queues.room(host);
    }

    /** Hosts of which none has to be leased now. */
    List<String> busy() {
        return this.queues.full();
    }

    void send(Delivery leased) {
        if (this.queues.add(leased)) {
            this.threads.execute(() -> sendNext(leased.host()));
        }
    }

    /** One at a time, so that hosts take turns where all threads are busy. */
    private void sendNext(String host) {
        Delivery next = this.queues.next(host);
        if (next != null) {
            try {
                attempt(next);
            }
            finally {
                this.threads.execute(() -> sendNext(host));
            }
        }
    }

    /** What waited for too long is leased anew, by whichever instance. */
    private void attempt(Delivery delivery) {
        Instant end = this.clock.instant().plus(this.settings.timeout());
        if (!delivery.isLeasedUntil(end)) {
            return;
        }
        try {
            this.results.add(this.sender.attempt(delivery));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("A webhook is called later", ex);
        }
        catch (RuntimeException ex) {
            log.error("Delivery {} failed unexpectedly and is attempted again", delivery.id(), ex);
        }
    }

    @Override
    public void start() {
        if (this.threads.isShutdown()) {
            this.queues = new HostQueues(this.settings.maxPerHost());
            this.threads = threads(this.settings.maxConcurrency());
        }
        this.stopped = false;
    }

    @Override
    public boolean isRunning() {
        return !this.stopped;
    }

    /**
     * Between those that add deliveries and what stores the results: one depends on the
     * next.
     */
    @Override
    public int getPhase() {
        return ShutdownPhases.LAST_WRITES;
    }

    @Override
    public void stop() {
        this.stopped = true;
        List<Delivery> waiting = this.queues.clear();
        try {
            if (!waiting.isEmpty()) {
                this.deliveries.release(waiting, this.clock.instant());
            }
        }
        catch (DataAccessException ex) {
            log.warn("{} deliveries are sent when their leases have expired", waiting.size(), ex);
        }
        awaitAttempts();
    }

    private void awaitAttempts() {
        this.threads.shutdown();
        try {
            if (!this.threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("Deliveries that are not answered yet are sent again by another instance");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
