package dev.jobprocessor.worker.broker;

/** The queues that workers consume. */
public enum JobQueue {

    WORK("jobs.work"), CALLBACKS("jobs.callbacks");

    private final String queueName;

    JobQueue(String queueName) {
        this.queueName = queueName;
    }

    String queueName() {
        return this.queueName;
    }

}
