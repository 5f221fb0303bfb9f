package dev.jobprocessor.api.jobs;

/** No job of this queue may start now. */
public class QueuePaused extends RuntimeException {

    QueuePaused(String queue) {
        super("The queue %s is paused.".formatted(queue));
    }

}
