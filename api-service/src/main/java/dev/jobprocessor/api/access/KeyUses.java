package dev.jobprocessor.api.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.jobprocessor.api.database.DatabaseErrors;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Records when keys were used last, once a minute and apart from their calls. */
@Component
class KeyUses {

    private final Map<String, Instant> times = new ConcurrentHashMap<>();

    private final ApiKeys keys;

    private final DatabaseErrors errors;

    KeyUses(ApiKeys keys, DatabaseErrors errors) {
        this.keys = keys;
        this.errors = errors;
    }

    void add(String id, Instant time) {
        this.times.put(id, time);
    }

    @Scheduled(fixedDelay = 60_000)
    void write() {
        Map<String, Instant> used = new HashMap<>(this.times);
        if (used.isEmpty()) {
            return;
        }
        used.forEach(this.times::remove);
        try {
            this.keys.used(used);
        }
        catch (DataAccessException ex) {
            this.errors.report("The last uses of keys are not recorded", ex);
        }
    }

}
