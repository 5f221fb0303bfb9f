package dev.jobprocessor.worker.broker;

import java.util.Map;

import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.ExchangeBuilder;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The exchanges and queues of the product: every service declares all of them, with the
 * same arguments.
 */
@Configuration(proxyBeanMethods = false)
class BrokerTopology {

    static final String JOBS_EXCHANGE = "jobs";

    private static final String DEAD_LETTER_EXCHANGE = "jobs.dlx";

    /**
     * Arguments with x- are RabbitMQ's, the others Broker-J's: each ignores the other's.
     */
    private static final Map<String, Object> WORK_ARGUMENTS = Map.of("x-queue-type", "quorum", "x-delivery-limit", 20,
            "x-dead-letter-exchange", DEAD_LETTER_EXCHANGE, "alternateExchange", DEAD_LETTER_EXCHANGE,
            "maximumDeliveryAttempts", 1);

    @Bean
    Declarables jobsTopology() {
        TopicExchange jobs = ExchangeBuilder.topicExchange(JOBS_EXCHANGE).build();
        FanoutExchange updates = ExchangeBuilder.fanoutExchange("jobs.updates").build();
        FanoutExchange deadLetters = ExchangeBuilder.fanoutExchange(DEAD_LETTER_EXCHANGE).build();
        Queue dead = QueueBuilder.durable("jobs.dead").quorum().build();
        Queue work = QueueBuilder.durable(JobQueue.WORK.queueName()).withArguments(WORK_ARGUMENTS).build();
        Queue callbacks = QueueBuilder.durable(JobQueue.CALLBACKS.queueName()).withArguments(WORK_ARGUMENTS).build();
        Queue started = QueueBuilder.durable("jobs.started")
            .withArguments(Map.of("x-queue-type", "classic", "x-max-length", 100_000))
            .build();
        return new Declarables(jobs, updates, deadLetters, dead, work, callbacks, started,
                BindingBuilder.bind(dead).to(jobs).with(JobRoute.DEAD.routingKey()),
                BindingBuilder.bind(dead).to(deadLetters),
                BindingBuilder.bind(work).to(jobs).with(JobRoute.CREATED.routingKey()),
                BindingBuilder.bind(callbacks).to(jobs).with(JobRoute.CALLBACK.routingKey()),
                BindingBuilder.bind(started).to(jobs).with(JobRoute.STARTED.routingKey()));
    }

}
