package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.dispatch.Outbox.SentJob;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDue;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.shutdown.ShutdownPhases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Publishes due jobs on a thread of its own: however slow the broker is, no request waits
 * for it. A job that cannot be published now stays in the {@link Outbox}, where the
 * {@link DispatchRelay} finds it.
 */
@Component
class JobDispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobDispatcher.class);

    private static final int BATCH = 1000;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** Confirms take milliseconds; without this wait, jobs in flight run twice. */
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);

    private final RabbitTemplate rabbit;

    private final ConfirmedJobs confirmed;

    private final Clock clock;

    private final InstantSource time;

    private final JsonMapper mapper;

    private final DispatchMetrics metrics;

    private final JobQueues queues;

    private final BlockingQueue<JobDue> queue;

    private final Set<String> removedQueues = ConcurrentHashMap.newKeySet();

    private final Set<CompletableFuture<?>> unconfirmed = ConcurrentHashMap.newKeySet();

    private volatile boolean running;

    private volatile Instant lastPoll = Instant.MIN;

    private volatile @Nullable Thread publisher;

    JobDispatcher(RabbitTemplate rabbit, ConfirmedJobs confirmed, DispatchSettings settings, Clock clock,
            InstantSource time, JsonMapper mapper, DispatchMetrics metrics, JobQueues queues) {
        this.rabbit = rabbit;
        this.confirmed = confirmed;
        this.clock = clock;
        this.time = time;
        this.mapper = mapper;
        this.metrics = metrics;
        this.queues = queues;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
    }

    @EventListener
    void dispatch(JobDue due) {
        if (!this.queue.offer(due)) {
            log.debug("Job {} waits in the outbox, the dispatch queue is full", due.job().id());
        }
    }

    /** None while stopping: the relay then leases nothing that nobody publishes. */
    int freeCapacity() {
        return this.running ? this.queue.remainingCapacity() : 0;
    }

    /** False once its thread has ended, which it must not before it is stopped. */
    boolean isAlive() {
        Thread thread = this.publisher;
        return !this.running || (thread != null && thread.isAlive());
    }

    /** When it last polled for jobs, at most 100 ms ago unless it publishes. */
    Instant lastPoll() {
        return this.lastPoll;
    }

    private void publishUntilStopped() {
        while (this.running || !this.queue.isEmpty()) {
            try {
                publishNext();
            }
            catch (InterruptedException ex) {
                if (!this.running) {
                    return;
                }
            }
            catch (RuntimeException | Error ex) {
                log.error("Some jobs stay in the outbox, publishing failed unexpectedly", ex);
            }
        }
    }

    private void publishNext() throws InterruptedException {
        this.lastPoll = this.time.instant();
        JobDue due = this.queue.poll(100, TimeUnit.MILLISECONDS);
        if (due != null) {
            publish(due);
        }
    }

    /**
     * Publishes a job and those queued behind it on one channel: a channel is not reused
     * before its confirms.
     */
    private void publish(JobDue first) {
        List<JobDue> batch = new ArrayList<>(List.of(first));
        this.queue.drainTo(batch, BATCH - 1);
        try {
            this.rabbit.invoke((channel) -> {
                batch.stream().filter((due) -> !belongsToRelay(due)).forEach((due) -> publish(due.job(), channel));
                return null;
            });
        }
        catch (AmqpException ex) {
            log.debug("Some of {} jobs stay in the outbox, the broker is unreachable", batch.size(), ex);
        }
    }

    private boolean belongsToRelay(JobDue due) {
        return due.relayFrom().isBefore(this.clock.instant());
    }

    /** What waits for its confirm must not hold the job, whose prompt may be large. */
    private void publish(Job job, RabbitOperations channel) {
        CorrelationData correlation = new CorrelationData();
        Message message = message(job);
        SentJob sent = new SentJob(job.id(), job.attempt(), job.nextAttemptAt());
        String queue = job.queue();
        awaitConfirm(correlation.getFuture()
            .whenComplete((confirm, failure) -> settle(sent, queue,
                    confirm != null && confirm.ack() && correlation.getReturned() == null)));
        try {
            channel.send(BrokerTopology.JOBS, BrokerTopology.jobCreated(job.queue()), message, correlation);
        }
        catch (RuntimeException | Error ex) {
            correlation.getFuture().completeExceptionally(ex); // no confirm will come
            throw ex;
        }
    }

    private void awaitConfirm(CompletableFuture<?> settled) {
        this.unconfirmed.add(settled);
        settled.whenComplete((confirm, failure) -> this.unconfirmed.remove(settled));
    }

    private void settle(SentJob sent, String queue, boolean confirmed) {
        if (confirmed) {
            this.metrics.published();
            this.confirmed.add(sent);
        }
        else {
            this.metrics.unconfirmed();
            log.debug("Job {} stays in the outbox, the broker did not confirm it", sent.id());
            warnIfRemoved(queue);
        }
    }

    private void warnIfRemoved(String queue) {
        if (!this.queues.contains(queue) && this.removedQueues.add(queue)) {
            log.warn("Jobs of the queue {} stay in the outbox: it is not in JOBS_QUEUES, nor on the broker", queue);
        }
    }

    private Message message(Job job) {
        return MessageBuilder.withBody(this.mapper.writeValueAsBytes(JobCreated.of(job)))
            .setContentType(MessageProperties.CONTENT_TYPE_JSON)
            .setMessageId(job.id() + ":" + job.attempt())
            .setPriority(job.hasHighPriority() ? BrokerTopology.HIGH_PRIORITY : BrokerTopology.NORMAL_PRIORITY)
            .copyHeaders((job.traceparent() != null) ? Map.of("traceparent", job.traceparent()) : Map.of())
            .build();
    }

    @Override
    public void start() {
        this.running = true;
        this.lastPoll = this.time.instant();
        // Not a virtual one: under load it would be scheduled behind all requests.
        this.publisher = Thread.ofPlatform().name("job-dispatcher").start(this::publishUntilStopped);
    }

    /**
     * Publishes what is queued and waits for its confirms, up to 5 s each; what is not
     * confirmed by then, another instance's relay publishes again.
     */
    @Override
    public void stop() {
        this.running = false;
        Thread thread = this.publisher;
        if (thread != null) {
            join(thread);
        }
        awaitConfirms();
    }

    private void awaitConfirms() {
        CompletableFuture.allOf(this.unconfirmed.toArray(CompletableFuture[]::new))
            .completeOnTimeout(null, CONFIRM_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .handle((confirms, failure) -> null)
            .join();
        if (!this.unconfirmed.isEmpty()) {
            log.warn("{} published jobs are not confirmed: another instance will publish them again",
                    this.unconfirmed.size());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOP_TIMEOUT);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return ShutdownPhases.DISPATCHER;
    }

}
