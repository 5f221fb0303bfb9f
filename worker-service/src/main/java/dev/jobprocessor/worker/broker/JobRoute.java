package dev.jobprocessor.worker.broker;

/** A routing key of the jobs exchange. */
public record JobRoute(String routingKey) {

    public static final JobRoute STARTED = new JobRoute("job.started");

    public static final JobRoute PROGRESS = new JobRoute("job.progress");

    public static final JobRoute CALLBACK = new JobRoute("job.callback");

    static final JobRoute CREATED = new JobRoute("job.created");

    static final JobRoute DEAD = new JobRoute("job.dead");

}
