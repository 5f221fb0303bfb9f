package dev.jobprocessor.worker.broker;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.amqp.core.AnonymousQueue;
import org.springframework.amqp.core.Base64UrlNamingStrategy;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarable;
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

    /** What workers must do at once. */
    private static final String CONTROL_EXCHANGE = "jobs.control";

    private static final String DEAD_LETTER_EXCHANGE = "jobs.dlx";

    /**
     * Arguments with x- are RabbitMQ's, the others Broker-J's: each ignores the other's.
     */
    private static final Map<String, Object> WORK_ARGUMENTS = Map.of("x-queue-type", "quorum", "x-delivery-limit", 20,
            "x-dead-letter-exchange", DEAD_LETTER_EXCHANGE, "alternateExchange", DEAD_LETTER_EXCHANGE,
            "maximumDeliveryAttempts", 1, "priorities", 2);

    @Bean
    Declarables jobsTopology() {
        TopicExchange jobs = ExchangeBuilder.topicExchange(JOBS_EXCHANGE).build();
        FanoutExchange updates = ExchangeBuilder.fanoutExchange("jobs.updates").build();
        FanoutExchange deadLetters = ExchangeBuilder.fanoutExchange(DEAD_LETTER_EXCHANGE).build();
        Queue dead = QueueBuilder.durable("jobs.dead").quorum().build();
        Queue started = QueueBuilder.durable("jobs.started")
            .withArguments(Map.of("x-queue-type", "classic", "x-max-length", 100_000))
            .build();
        Queue progress = QueueBuilder.durable("jobs.progress")
            .withArguments(Map.of("x-queue-type", "classic", "x-max-length", 10_000, "x-message-ttl", 10_000,
                    "maximumMessageTtl", 10_000))
            .build();
        return new Declarables(jobs, updates, deadLetters, dead, started, progress,
                BindingBuilder.bind(dead).to(jobs).with(JobRoute.DEAD.routingKey()),
                BindingBuilder.bind(dead).to(deadLetters),
                BindingBuilder.bind(started).to(jobs).with(JobRoute.STARTED.routingKey()),
                BindingBuilder.bind(progress).to(jobs).with(JobRoute.PROGRESS.routingKey()));
    }

    /** This worker's own. */
    @Bean
    AnonymousQueue controlQueue() {
        return new AnonymousQueue(new Base64UrlNamingStrategy(CONTROL_EXCHANGE + "."));
    }

    @Bean
    Declarables control(AnonymousQueue controlQueue) {
        FanoutExchange control = ExchangeBuilder.fanoutExchange(CONTROL_EXCHANGE).build();
        return new Declarables(control, BindingBuilder.bind(controlQueue).to(control));
    }

    @Bean
    Declarables defaultQueues() {
        return JobQueue.declarations(List.of(JobQueue.WORK, JobQueue.CALLBACKS));
    }

    static Stream<Declarable> bound(JobQueue queue) {
        Queue bound = QueueBuilder.durable(queue.queueName()).withArguments(WORK_ARGUMENTS).build();
        return Stream.of(bound,
                BindingBuilder.bind(bound).to(new TopicExchange(JOBS_EXCHANGE)).with(queue.route().routingKey()));
    }

}
