package dev.jobprocessor.api.dispatch;

import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.JobQueues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.stereotype.Component;

/**
 * The queues of which no message waits in the broker. While some do, the messages of the
 * jobs that wait are taken to be among them.
 */
@Component
class EmptyQueues {

    private static final Logger log = LoggerFactory.getLogger(EmptyQueues.class);

    private final AmqpAdmin broker;

    private final JobQueues queues;

    private Set<String> last = Set.of();

    EmptyQueues(AmqpAdmin broker, JobQueues queues) {
        this.broker = broker;
        this.queues = queues;
    }

    /**
     * Looks which are empty, and returns those that were at the last look, too: what
     * workers had just been given then has started since. None while the broker is
     * unavailable.
     */
    Set<String> emptyAgain() {
        Set<String> before = this.last;
        this.last = empty();
        return this.last.stream().filter(before::contains).collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> empty() {
        try {
            return this.queues.queues().stream().filter(this::isEmpty).collect(Collectors.toUnmodifiableSet());
        }
        catch (AmqpException ex) {
            log.debug("The broker cannot be asked for its queues", ex);
            return Set.of();
        }
    }

    private boolean isEmpty(String queue) {
        QueueInformation found = this.broker.getQueueInfo(BrokerTopology.workQueue(queue));
        if (found == null) {
            this.broker.initialize(); // it was deleted
        }
        return found != null && found.getMessageCount() == 0;
    }

}
