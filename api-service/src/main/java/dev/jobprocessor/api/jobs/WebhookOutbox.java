package dev.jobprocessor.api.jobs;

/** Where ends of jobs wait to be delivered to webhooks. */
public interface WebhookOutbox {

    /**
     * Stores the delivery of a job's end unless it is stored, or its webhook does not
     * want it.
     * @param job one that has a webhook and is in a terminal state
     */
    void store(Job job);

}
