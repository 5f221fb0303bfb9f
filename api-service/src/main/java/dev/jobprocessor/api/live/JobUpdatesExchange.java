package dev.jobprocessor.api.live;

import java.util.UUID;

import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobProgressed;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.OutputStored;
import dev.jobprocessor.api.shutdown.LastWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Publishes changes of this instance to the others. */
@Component
class JobUpdatesExchange implements LastWrite {

    static final String NAME = "jobs.updates";

    private static final Logger log = LoggerFactory.getLogger(JobUpdatesExchange.class);

    private static final String ORIGIN = "origin";

    private final String instance = UUID.randomUUID().toString();

    private final PendingUpdates pending = new PendingUpdates();

    private final RabbitTemplate rabbit;

    private final JsonMapper mapper;

    JobUpdatesExchange(RabbitTemplate rabbit, JsonMapper mapper) {
        this.rabbit = rabbit;
        this.mapper = mapper;
    }

    @EventListener
    void changed(JobChanged change) {
        this.pending.changed(JobView.summary(change.job()));
    }

    @EventListener
    void progressed(JobProgressed progress) {
        this.pending.changed(JobView.summary(progress.job()));
    }

    @EventListener
    void deleted(JobDeleted deletion) {
        this.pending.deleted(deletion.id());
    }

    @EventListener
    void stored(OutputStored output) {
        output.jobs().forEach(this.pending::written);
    }

    @Override
    public void stop() {
        publish();
    }

    @Scheduled(fixedDelay = 100)
    void publish() {
        JobUpdates updates = this.pending.take();
        if (updates.isEmpty()) {
            return;
        }
        try {
            this.rabbit.send(NAME, "", message(updates));
        }
        catch (AmqpException ex) {
            log.debug("The other instances see {} changes with their next read", updates.jobs().size(), ex);
        }
    }

    /** Whether this instance has published it: the exchange returns that, too. */
    boolean hasPublished(Message message) {
        return this.instance.equals(message.getMessageProperties().getHeader(ORIGIN));
    }

    private Message message(JobUpdates updates) {
        return MessageBuilder.withBody(this.mapper.writeValueAsBytes(updates))
            .setContentType(MessageProperties.CONTENT_TYPE_JSON)
            .setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT)
            .setMessageId(UUID.randomUUID().toString())
            .setHeader(ORIGIN, this.instance)
            .build();
    }

}
