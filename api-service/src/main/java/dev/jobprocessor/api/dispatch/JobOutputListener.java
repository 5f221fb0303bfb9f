package dev.jobprocessor.api.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.OutputReported;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Consumes what jobs of workers write, in batches. */
@Component
class JobOutputListener {

    private static final Logger log = LoggerFactory.getLogger(JobOutputListener.class);

    private final ApplicationEventPublisher events;

    private final JsonMapper mapper;

    JobOutputListener(ApplicationEventPublisher events, JsonMapper mapper) {
        this.events = events;
        this.mapper = mapper;
    }

    @RabbitListener(queues = BrokerTopology.OUTPUT_QUEUE, containerFactory = "batches")
    void written(List<Message> messages) {
        messages.stream().map(this::read).flatMap(Optional::stream).forEach(this.events::publishEvent);
    }

    private Optional<OutputReported> read(Message message) {
        try {
            return Optional.ofNullable(this.mapper.readValue(message.getBody(), JobOutput.class))
                .flatMap(JobOutput::reported);
        }
        catch (JacksonException ex) {
            log.warn("Dropped unreadable output of a job: {}", ex.getOriginalMessage());
            return Optional.empty();
        }
    }

    /** A part of what an attempt writes; what is malformed is dropped. */
    record JobOutput(@Nullable String jobId, int attempt, long offset, @Nullable String delta) {

        private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

        private static final Pattern WHOLE_CHARACTERS = Pattern.compile("[^\\p{Cs}]*");

        Optional<OutputReported> reported() {
            if (this.jobId == null || this.delta == null || !ID.matcher(this.jobId).matches() || this.offset < 0
                    || this.delta.isEmpty() || this.delta.length() > OutputReported.MAX_LENGTH
                    || !WHOLE_CHARACTERS.matcher(this.delta).matches()) {
                return Optional.empty();
            }
            return Optional.of(new OutputReported(new JobAttempt(this.jobId, this.attempt), this.offset, this.delta));
        }

    }

}
