package dev.jobprocessor.api.live;

import java.util.List;

import dev.jobprocessor.api.jobs.JobAudience;
import dev.jobprocessor.api.jobs.JobsChangedElsewhere;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.ExchangeTypes;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.Exchange;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.QueueBinding;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Passes on changes of the other instances. */
@Component
class JobUpdatesListener {

    private static final Logger log = LoggerFactory.getLogger(JobUpdatesListener.class);

    private final JobUpdatesExchange exchange;

    private final List<JobAudience> audiences;

    private final ApplicationEventPublisher events;

    private final JobFeed feed;

    private final JsonMapper mapper;

    JobUpdatesListener(JobUpdatesExchange exchange, List<JobAudience> audiences, ApplicationEventPublisher events,
            JobFeed feed, JsonMapper mapper) {
        this.exchange = exchange;
        this.audiences = audiences;
        this.events = events;
        this.feed = feed;
        this.mapper = mapper;
    }

    @RabbitListener(bindings = @QueueBinding(value = @Queue,
            exchange = @Exchange(name = JobUpdatesExchange.NAME, type = ExchangeTypes.FANOUT)))
    void received(Message message) {
        if (this.exchange.hasPublished(message)) {
            return;
        }
        JobUpdates updates = this.audiences.stream().anyMatch(JobAudience::isPresent) ? read(message) : JobUpdates.NONE;
        this.events.publishEvent(new JobsChangedElsewhere(updates.jobs(), updates.deleted(), updates.written()));
        this.feed.add(updates);
    }

    private JobUpdates read(Message message) {
        try {
            return this.mapper.readValue(message.getBody(), JobUpdates.class);
        }
        catch (JacksonException ex) {
            log.warn("Dropped unreadable changes of another instance, the next poll shows them: {}",
                    ex.getOriginalMessage());
            return JobUpdates.NONE;
        }
    }

}
