package dev.jobprocessor.api.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The keys that are not revoked, as this instance knows them: all of them are few, so one
 * query reads them for all calls of some seconds. One that was created since is looked up
 * by itself, {@value #LOOKUPS} a second at most, so that guessing costs the database
 * little.
 */
@Component
class KnownKeys {

    /** How long a revoked key may be accepted by other instances. */
    static final Duration MAX_AGE = Duration.ofSeconds(10);

    static final int LOOKUPS = 20;

    private final ApiKeys keys;

    private final DatabaseAvailability database;

    private final SharedSnapshot<Map<String, KeyAuthentication>> snapshot;

    private final Semaphore lookups = new Semaphore(LOOKUPS);

    @Autowired
    KnownKeys(ApiKeys keys, DatabaseAvailability database, DatabaseSettings settings) {
        this(keys, database, settings, System::nanoTime);
    }

    KnownKeys(ApiKeys keys, DatabaseAvailability database, DatabaseSettings settings, LongSupplier nanoTime) {
        this.keys = keys;
        this.database = database;
        this.snapshot = new SharedSnapshot<>(this::read, MAX_AGE, settings.callTimeout(), nanoTime);
    }

    /**
     * Finds a key that is not revoked; it may have expired.
     * @throws org.springframework.dao.DataAccessException if the database is needed and
     * unavailable
     */
    @Nullable KeyAuthentication find(String hash) {
        KeyAuthentication known = this.snapshot.get().get(hash);
        return (known != null || !this.lookups.tryAcquire()) ? known : lookUp(hash);
    }

    private @Nullable KeyAuthentication lookUp(String hash) {
        KeyAuthentication created = this.keys.findValid(hash).map(KeyAuthentication::new).orElse(null);
        if (created != null) {
            this.snapshot.invalidate();
        }
        return created;
    }

    /** Makes this instance see at once what it changed. */
    void changed() {
        this.snapshot.invalidate();
    }

    @Scheduled(fixedRate = 1000)
    void allowLookups() {
        this.lookups.drainPermits();
        this.lookups.release(LOOKUPS);
    }

    private Map<String, KeyAuthentication> read() {
        if (this.database.isUnavailable()) {
            throw new DataAccessResourceFailureException("keys cannot be read");
        }
        return this.keys.valid()
            .stream()
            .map(KeyAuthentication::new)
            .collect(Collectors.toUnmodifiableMap((known) -> known.key().hash(), Function.identity()));
    }

}
