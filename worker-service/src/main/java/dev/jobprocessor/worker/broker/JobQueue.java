package dev.jobprocessor.worker.broker;

/** The queues that workers consume. */
public enum JobQueue {

    WORK("jobs.work", JobRoute.CREATED), CALLBACKS("jobs.callbacks", JobRoute.CALLBACK);

    private final String queueName;

    private final JobRoute route;

    JobQueue(String queueName, JobRoute route) {
        this.queueName = queueName;
        this.route = route;
    }

    String queueName() {
        return this.queueName;
    }

    JobRoute route() {
        return this.route;
    }

}
