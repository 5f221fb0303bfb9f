package dev.jobprocessor.api.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import dev.jobprocessor.api.database.DatabaseErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets the first admin in: with the key that is set, or with one that is logged at the
 * first start with access required. Of several instances that start at the same time, one
 * creates it: it has the same id everywhere.
 */
@Component
class FirstKey implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstKey.class);

    private static final String ID = "000000000000000000000001";

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final AccessSettings settings;

    private final ApiKeys keys;

    private final DatabaseErrors errors;

    private final Clock clock;

    /**
     * @throws MalformedAdminKey if the key that is set is none
     */
    FirstKey(AccessSettings settings, ApiKeys keys, DatabaseErrors errors, Clock clock) {
        if (!settings.adminApiKey().isEmpty() && !new KeyText(settings.adminApiKey()).isWellFormed()) {
            throw new MalformedAdminKey();
        }
        this.settings = settings;
        this.keys = keys;
        this.errors = errors;
        this.clock = clock;
    }

    /** Waits for the database, as nobody can sign in without it. */
    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        while (!isEnsured()) {
            Thread.sleep(RETRY_DELAY);
        }
    }

    private boolean isEnsured() {
        try {
            ensure();
            return true;
        }
        catch (DataAccessException ex) {
            this.errors.report("The first key is not ensured yet", ex);
            if (!DatabaseErrors.isUnavailable(ex)) {
                throw ex;
            }
            return false;
        }
    }

    private void ensure() {
        if (!this.settings.adminApiKey().isEmpty()) {
            addGiven(new KeyText(this.settings.adminApiKey()));
        }
        else if (this.settings.mode() == AccessMode.REQUIRED && !hasAdmin()) {
            addRandom(KeyText.random(new SecureRandom()));
        }
    }

    private boolean hasAdmin() {
        return this.keys.valid().stream().anyMatch((key) -> key.roles().contains(Role.ADMIN));
    }

    private void addGiven(KeyText text) {
        if (this.keys.addIfAbsent(adminKey(text))) {
            log.info("The key of ADMIN_API_KEY, {}…, is added", text.start());
        }
        else if (this.keys.findValid(text.hash()).isEmpty()) {
            log.warn("The key of ADMIN_API_KEY, {}…, has been revoked and is not accepted", text.start());
        }
    }

    private void addRandom(KeyText text) {
        if (this.keys.addIfAbsent(adminKey(text).withId(ID))) {
            log.warn("The first key, which has the role admin and is shown this once: {}", text.value());
        }
        else if (!hasAdmin()) {
            log.warn("No key has the role admin, and the first one is revoked: ADMIN_API_KEY adds another");
        }
    }

    private ApiKey adminKey(KeyText text) {
        return ApiKey.of(text, "admin", Set.of(Role.ADMIN), this.clock.instant(), null, null);
    }

}
