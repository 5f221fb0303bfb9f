package dev.jobprocessor.api.dispatch;

import java.util.Map;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Exchanges and queues, declared alike by both services whenever they connect. Arguments
 * with x- are RabbitMQ's, the others Broker-J's; each ignores the other's.
 */
@Configuration(proxyBeanMethods = false)
class BrokerTopology {

    static final String JOBS = "jobs";

    static final String JOB_CREATED = "job.created";

    static final String STARTED_QUEUE = "jobs.started";

    static final String DEAD_QUEUE = "jobs.dead";

    private static final String DEAD_LETTERS = "jobs.dlx";

    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    /** A message that repeatedly kills its consumers is dead-lettered. */
    private static final Map<String, Object> QUORUM_WITH_DEAD_LETTERS = Map.of("x-queue-type", "quorum",
            "x-delivery-limit", 20, "x-dead-letter-exchange", DEAD_LETTERS, "alternateExchange", DEAD_LETTERS,
            "maximumDeliveryAttempts", 1);

    /** Starts are informational: the oldest may be dropped. */
    private static final Map<String, Object> BOUNDED = Map.of("x-queue-type", "classic", "x-max-length", 100_000);

    @Bean
    Declarables jobQueues() {
        TopicExchange jobs = new TopicExchange(JOBS);
        FanoutExchange deadLetters = new FanoutExchange(DEAD_LETTERS);
        Queue dead = queue(DEAD_QUEUE, QUORUM);
        Queue work = queue("jobs.work", QUORUM_WITH_DEAD_LETTERS);
        Queue callbacks = queue("jobs.callbacks", QUORUM_WITH_DEAD_LETTERS);
        Queue started = queue(STARTED_QUEUE, BOUNDED);
        return new Declarables(jobs, deadLetters, dead, work, callbacks, started,
                BindingBuilder.bind(dead).to(deadLetters), bind(dead, jobs, "job.dead"), bind(work, jobs, JOB_CREATED),
                bind(callbacks, jobs, "job.callback"), bind(started, jobs, "job.started"));
    }

    private static Queue queue(String name, Map<String, Object> arguments) {
        return QueueBuilder.durable(name).withArguments(arguments).build();
    }

    private static Binding bind(Queue queue, TopicExchange exchange, String key) {
        return BindingBuilder.bind(queue).to(exchange).with(key);
    }

}
