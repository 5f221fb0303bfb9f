package dev.jobprocessor.worker.broker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Attempts that finished and are not acknowledged: where the broker is unavailable, their
 * messages are redelivered here, unless another worker receives them.
 */
final class UnacknowledgedAttempts {

    private static final int MAX_SIZE = 20_000;

    private final Set<Attempt> attempts = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Boolean> eldest) {
            return size() > MAX_SIZE;
        }
    }));

    void add(Attempt attempt) {
        this.attempts.add(attempt);
    }

    /** Returns whether it was one of them. */
    boolean remove(Attempt attempt) {
        return this.attempts.remove(attempt);
    }

}
