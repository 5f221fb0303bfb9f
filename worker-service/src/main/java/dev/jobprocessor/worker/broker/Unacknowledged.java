package dev.jobprocessor.worker.broker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was done while the broker was away: it will be delivered again, unless another
 * worker gets it.
 */
final class Unacknowledged {

    private static final Logger log = LoggerFactory.getLogger(Unacknowledged.class);

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
            log.info("Done before the broker could be told: not handled again");
        }
        return known;
    }

}
