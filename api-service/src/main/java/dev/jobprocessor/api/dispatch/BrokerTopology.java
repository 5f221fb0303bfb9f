package dev.jobprocessor.api.dispatch;

import java.util.Map;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.JobQueues;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarable;
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

    private static final String JOB_CREATED = "job.created";

    private static final String WORK_QUEUE = "jobs.work";

    /** What workers must do at once; each has a queue of its own. */
    static final String CONTROL = "jobs.control";

    static final String STARTED_QUEUE = "jobs.started";

    static final String OUTPUT_QUEUE = "jobs.progress";

    static final String DEAD_QUEUE = "jobs.dead";

    /** RabbitMQ's quorum queues have two priorities: 0 to 4, and 5 or more. */
    static final int HIGH_PRIORITY = 5;

    static final int NORMAL_PRIORITY = 0;

    private static final String DEAD_LETTERS = "jobs.dlx";

    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    /** A message that repeatedly kills its consumers is dead-lettered. */
    private static final Map<String, Object> QUORUM_WITH_DEAD_LETTERS = Map.of("x-queue-type", "quorum",
            "x-delivery-limit", 20, "x-dead-letter-exchange", DEAD_LETTERS, "alternateExchange", DEAD_LETTERS,
            "maximumDeliveryAttempts", 1, "priorities", 2);

    /** Starts are informational: the oldest may be dropped. */
    private static final Map<String, Object> BOUNDED = Map.of("x-queue-type", "classic", "x-max-length", 100_000);

    /**
     * What jobs write is shown while they run: what is late or too much may be dropped.
     */
    private static final Map<String, Object> SHORT_LIVED = Map.of("x-queue-type", "classic", "x-max-length", 10_000,
            "x-message-ttl", 10_000, "maximumMessageTtl", 10_000);

    /** The routing key of the messages of a queue's jobs. */
    static String jobCreated(String queue) {
        return named(JOB_CREATED, queue);
    }

    /** The broker's queue with the jobs of a queue. */
    static String workQueue(String queue) {
        return named(WORK_QUEUE, queue);
    }

    private static String named(String prefix, String queue) {
        return queue.equals(JobQueues.DEFAULT) ? prefix : prefix + "." + queue;
    }

    @Bean
    Declarables jobQueues() {
        TopicExchange jobs = new TopicExchange(JOBS);
        FanoutExchange deadLetters = new FanoutExchange(DEAD_LETTERS);
        Queue dead = queue(DEAD_QUEUE, QUORUM);
        Queue callbacks = queue("jobs.callbacks", QUORUM_WITH_DEAD_LETTERS);
        Queue started = queue(STARTED_QUEUE, BOUNDED);
        Queue output = queue(OUTPUT_QUEUE, SHORT_LIVED);
        return new Declarables(jobs, deadLetters, new FanoutExchange(CONTROL), dead, callbacks, started, output,
                BindingBuilder.bind(dead).to(deadLetters), bind(dead, jobs, "job.dead"),
                bind(callbacks, jobs, "job.callback"), bind(started, jobs, "job.started"),
                bind(output, jobs, "job.progress"));
    }

    @Bean
    Declarables workQueues(JobQueues queues) {
        return new Declarables(queues.queues().stream().flatMap(BrokerTopology::work).toList());
    }

    private static Stream<Declarable> work(String queue) {
        Queue work = queue(workQueue(queue), QUORUM_WITH_DEAD_LETTERS);
        return Stream.of(work, bind(work, new TopicExchange(JOBS), jobCreated(queue)));
    }

    private static Queue queue(String name, Map<String, Object> arguments) {
        return QueueBuilder.durable(name).withArguments(arguments).build();
    }

    private static Binding bind(Queue queue, TopicExchange exchange, String key) {
        return BindingBuilder.bind(queue).to(exchange).with(key);
    }

}
