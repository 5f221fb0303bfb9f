package dev.jobprocessor.worker.broker;

import java.util.Collection;

import org.springframework.amqp.core.Declarables;

/** A queue that workers consume. */
public record JobQueue(String queueName, JobRoute route) {

    /** Jobs that name no queue. */
    public static final JobQueue WORK = new JobQueue("jobs.work", JobRoute.CREATED);

    public static final JobQueue CALLBACKS = new JobQueue("jobs.callbacks", JobRoute.CALLBACK);

    /** Jobs that name a queue. */
    public static JobQueue work(String name) {
        return new JobQueue(WORK.queueName() + "." + name, new JobRoute(WORK.route().routingKey() + "." + name));
    }

    /** What has to be on the broker before these queues are consumed. */
    public static Declarables declarations(Collection<JobQueue> queues) {
        return new Declarables(queues.stream().flatMap(BrokerTopology::bound).toList());
    }

}
