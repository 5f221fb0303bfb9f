package dev.jobprocessor.api.dispatch;

import java.util.List;
import java.util.Optional;

import dev.jobprocessor.api.jobs.JobStarted;
import dev.jobprocessor.api.jobs.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Records starts of jobs, in batches. */
@Component
class JobStartedListener {

    private static final Logger log = LoggerFactory.getLogger(JobStartedListener.class);

    private final Jobs jobs;

    private final JsonMapper mapper;

    JobStartedListener(Jobs jobs, JsonMapper mapper) {
        this.jobs = jobs;
        this.mapper = mapper;
    }

    @RabbitListener(queues = BrokerTopology.STARTED_QUEUE, containerFactory = "batches")
    void started(List<Message> messages) {
        this.jobs.started(messages.stream().map(this::read).flatMap(Optional::stream).toList());
    }

    private Optional<JobStarted> read(Message message) {
        try {
            return Optional.of(this.mapper.readValue(message.getBody(), JobStarted.class));
        }
        catch (JacksonException ex) {
            log.warn("Dropped an unreadable JobStarted message: {}", ex.getOriginalMessage());
            return Optional.empty();
        }
    }

}
