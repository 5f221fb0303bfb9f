package dev.jobprocessor.worker.callback;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.jobprocessor.worker.broker.Attempt;

/**
 * What this worker must do.
 *
 * @param pausedQueues queues of which it starts no job
 * @param ended attempts whose calls it interrupts
 * @param drain whether it starts nothing and requeues what has not begun
 */
public record Instructions(Set<String> pausedQueues, List<Attempt> ended, boolean drain) {

    /** What an API of an older version has to say. */
    static final Instructions NONE = new Instructions(Set.of(), List.of(), false);

    public Instructions {
        Objects.requireNonNull(pausedQueues, "pausedQueues is missing");
        Objects.requireNonNull(ended, "ended is missing");
    }

}
