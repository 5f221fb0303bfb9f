package dev.jobprocessor.api.dispatch;

import java.util.Objects;

import dev.jobprocessor.api.jobs.JobConflict;
import dev.jobprocessor.api.jobs.JobFailure;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.JobUsage;
import dev.jobprocessor.api.jobs.Jobs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Keeps messages that no worker could handle, and marks their jobs FAILED. */
@Component
class DeadJobListener {

    private static final Logger log = LoggerFactory.getLogger(DeadJobListener.class);

    private static final String UNHANDLED = "No worker could handle the job: its message was redelivered too often.";

    private final Jobs jobs;

    private final DeadLetters letters;

    private final JsonMapper mapper;

    DeadJobListener(Jobs jobs, DeadLetters letters, JsonMapper mapper) {
        this.jobs = jobs;
        this.letters = letters;
        this.mapper = mapper;
    }

    /**
     * While the database is unavailable, the container retries rather than lose the
     * message.
     */
    @RabbitListener(queues = BrokerTopology.DEAD_QUEUE, containerFactory = "untilStored")
    void dead(Message message) {
        String reason = Objects.requireNonNullElse(message.getMessageProperties().getHeader("reason"), UNHANDLED);
        DeadJob job = read(message);
        this.letters.add(message.getBody(), reason, queueOf(message), (job != null) ? job.jobId() : null,
                (job != null) ? job.attempt() : null, (job != null) ? job.finished() : null);
        if (job == null || job.jobId() == null) {
            log.error("Kept a dead letter that names no job ({}): {} bytes", reason, message.getBody().length);
            return;
        }
        try {
            this.jobs.finish(job.jobId(), job.attempt(), JobOutcome.failed(JobFailure.UNDELIVERABLE, reason));
            log.warn("Job {} finishes as FAILED: {}", job.jobId(), reason);
        }
        catch (JobNotFound | JobConflict ex) {
            log.info("A dead letter changes nothing: {}", ex.getMessage());
        }
    }

    /** As RabbitMQ says; the embedded broker does not. */
    private static @Nullable String queueOf(Message message) {
        return (message.getMessageProperties().getHeaders().get("x-first-death-queue") instanceof String queue) ? queue
                : null;
    }

    private @Nullable DeadJob read(Message message) {
        try {
            return this.mapper.readValue(message.getBody(), DeadJob.class);
        }
        catch (JacksonException ex) {
            return null;
        }
    }

    /**
     * What JobCreated and a parked callback have in common, and the latter's result.
     *
     * @param status null in JobCreated
     */
    record DeadJob(@Nullable String jobId, @Nullable Integer attempt, @Nullable String status, @Nullable String result,
            @Nullable JobUsage usage) {

        DeadLetter.@Nullable Finished finished() {
            return (this.attempt != null && this.result != null && "COMPLETED".equals(this.status))
                    ? new DeadLetter.Finished(this.result, this.usage) : null;
        }

    }

}
