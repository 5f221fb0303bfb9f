package dev.jobprocessor.worker.broker;

/** The routing keys of the jobs exchange. */
public enum JobRoute {

    CREATED("job.created"), STARTED("job.started"), CALLBACK("job.callback"), DEAD("job.dead");

    private final String routingKey;

    JobRoute(String routingKey) {
        this.routingKey = routingKey;
    }

    String routingKey() {
        return this.routingKey;
    }

}
