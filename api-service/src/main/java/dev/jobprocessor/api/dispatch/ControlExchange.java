package dev.jobprocessor.api.dispatch;

import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.jobs.AttemptEnded;
import dev.jobprocessor.api.jobs.InstructionsChanged;
import dev.jobprocessor.api.jobs.JobAttempt;
import com.rabbitmq.client.AMQP;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes to all workers what is urgent; what is lost, they learn by their next
 * heartbeats.
 */
@Component
class ControlExchange {

    private static final Logger log = LoggerFactory.getLogger(ControlExchange.class);

    /** Workers that are asked for a heartbeat learn of any number. */
    static final int MAX_ENDED = 1000;

    private static final AMQP.BasicProperties PROPERTIES = new AMQP.BasicProperties.Builder()
        .contentType("application/json")
        .build();

    private final RabbitTemplate rabbit;

    private final JsonMapper mapper;

    private List<JobAttempt> ended = new ArrayList<>();

    private boolean heartbeat;

    ControlExchange(RabbitTemplate rabbit, JsonMapper mapper) {
        this.rabbit = rabbit;
        this.mapper = mapper;
    }

    @EventListener
    synchronized void ended(AttemptEnded end) {
        if (this.ended.size() < MAX_ENDED) {
            this.ended.add(end.attempt());
        }
        else {
            this.heartbeat = true;
        }
    }

    @EventListener
    synchronized void changed(InstructionsChanged change) {
        this.heartbeat = true;
    }

    @Scheduled(fixedDelay = 100)
    void publish() {
        Control control = take();
        if (control.isEmpty()) {
            return;
        }
        try {
            // Not mandatory: there may be no worker.
            this.rabbit.execute((channel) -> {
                channel.basicPublish(BrokerTopology.CONTROL, "", PROPERTIES, this.mapper.writeValueAsBytes(control));
                return null;
            });
        }
        catch (AmqpException ex) {
            log.debug("Workers learn by their next heartbeats what they must do", ex);
        }
    }

    private synchronized Control take() {
        Control control = new Control(this.ended, this.heartbeat);
        this.ended = new ArrayList<>();
        this.heartbeat = false;
        return control;
    }

    /**
     * A message to all workers.
     *
     * @param ended attempts whose calls are to be interrupted
     * @param heartbeat whether each worker is to ask at once what it must do
     */
    record Control(List<JobAttempt> ended, boolean heartbeat) {

        private boolean isEmpty() {
            return this.ended.isEmpty() && !this.heartbeat;
        }

    }

}
