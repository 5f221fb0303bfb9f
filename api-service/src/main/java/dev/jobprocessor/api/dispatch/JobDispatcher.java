package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.dispatch.Outbox.SentJob;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDue;
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
 * Publishes jobs that became due, apart from the requests that made them: however slow
 * the broker is, no request waits for it. A job that cannot be published now stays in the
 * {@link Outbox}, where the {@link DispatchRelay} finds it.
 */
@Component
class JobDispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobDispatcher.class);

    private static final int BATCH = 100;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final RabbitTemplate rabbit;

    private final SentJobs sent;

    private final Clock clock;

    private final JsonMapper mapper;

    private final DispatchMetrics metrics;

    private final BlockingQueue<JobDue> queue;

    private volatile boolean running;

    private @Nullable Thread publisher;

    JobDispatcher(RabbitTemplate rabbit, SentJobs sent, DispatchSettings settings, Clock clock, JsonMapper mapper,
            DispatchMetrics metrics) {
        this.rabbit = rabbit;
        this.sent = sent;
        this.clock = clock;
        this.mapper = mapper;
        this.metrics = metrics;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
    }

    @EventListener
    void dispatch(JobDue due) {
        if (!this.queue.offer(due)) {
            log.debug("Job {} waits in the outbox, too many are being published", due.job().id());
        }
    }

    int freeCapacity() {
        return this.queue.remainingCapacity();
    }

    private void publishUntilStopped() {
        while (this.running || !this.queue.isEmpty()) {
            try {
                JobDue due = this.queue.poll(100, TimeUnit.MILLISECONDS);
                if (due != null) {
                    publish(due);
                }
            }
            catch (InterruptedException ex) {
                return;
            }
        }
    }

    /**
     * Publishes a job and those behind it on one channel. A channel for each would have
     * to be opened for each: none is free before its confirm.
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
            log.debug("Of {} jobs some stay in the outbox, the broker cannot be reached", batch.size(), ex);
        }
        catch (RuntimeException ex) {
            log.error("Of {} jobs some stay in the outbox, they could not be published", batch.size(), ex);
        }
    }

    private boolean belongsToRelay(JobDue due) {
        return due.relayFrom().isBefore(this.clock.instant());
    }

    private void publish(Job job, RabbitOperations channel) {
        CorrelationData correlation = new CorrelationData();
        correlation.getFuture().whenComplete((confirm, failure) -> {
            if (confirm != null && confirm.ack() && correlation.getReturned() == null) {
                this.metrics.published();
                this.sent.add(new SentJob(job.id(), job.attempt(), job.nextAttemptAt()));
            }
            else {
                this.metrics.unconfirmed();
                log.debug("Job {} stays in the outbox, the broker did not take it", job.id());
            }
        });
        channel.send(BrokerTopology.JOBS, BrokerTopology.JOB_CREATED, message(job), correlation);
    }

    private Message message(Job job) {
        return MessageBuilder.withBody(this.mapper.writeValueAsBytes(JobCreated.of(job)))
            .setContentType(MessageProperties.CONTENT_TYPE_JSON)
            .setMessageId(job.id() + ":" + job.attempt())
            .copyHeaders((job.traceparent() != null) ? Map.of("traceparent", job.traceparent()) : Map.of())
            .build();
    }

    @Override
    public void start() {
        this.running = true;
        // Not a virtual one: under load it would wait for its turn behind all requests.
        this.publisher = Thread.ofPlatform().name("job-dispatcher").start(this::publishUntilStopped);
    }

    /**
     * Publishes what is queued; what is not confirmed by then, another instance's relay
     * publishes.
     */
    @Override
    public void stop() {
        this.running = false;
        if (this.publisher != null) {
            join(this.publisher);
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

}
