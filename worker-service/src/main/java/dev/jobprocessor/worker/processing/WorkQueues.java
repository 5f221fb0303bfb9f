package dev.jobprocessor.worker.processing;

import java.util.List;

/** The queues that this worker serves. */
public record WorkQueues(List<WorkQueue> all) {
}
