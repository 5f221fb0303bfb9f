package dev.jobprocessor.worker.broker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that finished while the broker was unavailable: their messages are redelivered
 * here, unless another worker receives them.
 */
final class UnacknowledgedAttempts {

    private static final Logger log = LoggerFactory.getLogger(UnacknowledgedAttempts.class);

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

    boolean remove(Attempt attempt) {
        boolean known = this.attempts.remove(attempt);
        if (known) {
            log.info("Finished before it could be acknowledged: not handled again");
        }
        return known;
    }

}
