package dev.jobprocessor.api.jobs;

/**
 * Those on this instance who get changes of jobs as they happen, such as open streams.
 * What nobody gets is not worth reading or rendering.
 */
public interface JobAudience {

    /**
     * Whether there is anyone. Who comes later reads the state of jobs first, and needs
     * no change from before.
     */
    boolean isPresent();

}
