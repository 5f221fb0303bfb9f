package dev.jobprocessor.api.dispatch;

import dev.jobprocessor.api.jobs.JobDeadlines;

import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Postpones deadlines while workers can neither report starts nor deliver parked results.
 */
@Component
class BrokerOutages {

    private final JobDeadlines deadlines;

    BrokerOutages(JobDeadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** Published for each failed attempt to consume. */
    @EventListener(ListenerContainerConsumerFailedEvent.class)
    void notConsuming() {
        this.deadlines.postpone();
    }

}
