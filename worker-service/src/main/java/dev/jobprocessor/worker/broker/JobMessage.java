package dev.jobprocessor.worker.broker;

/** A message about one attempt at one job. */
public interface JobMessage {

    String jobId();

    int attempt();

}
