package dev.jobprocessor.worker.broker;

/** What workers publish to the jobs exchange. */
public enum JobRoute {

    STARTED("job.started"), CALLBACK("job.callback"), DEAD("job.dead");

    private final String routingKey;

    JobRoute(String routingKey) {
        this.routingKey = routingKey;
    }

    String routingKey() {
        return this.routingKey;
    }

}
