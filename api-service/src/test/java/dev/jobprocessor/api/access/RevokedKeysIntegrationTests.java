package dev.jobprocessor.api.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.KeysRequiredIntegrationTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.DatabaseSettings;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Keys that another instance, on the same database, revokes or creates. */
@KeysRequiredIntegrationTest
class RevokedKeysIntegrationTests {

    private static final Duration PROMISED = Duration.ofSeconds(30);

    private final AtomicLong nanoTime = new AtomicLong();

    private final KeyText text = KeyText.random(new SecureRandom());

    @Autowired
    private ApiClient api;

    @Autowired
    private ApiKeys keys;

    @Autowired
    private KeyUses uses;

    @Autowired
    private DatabaseAvailability database;

    @Autowired
    private DatabaseSettings settings;

    @Test
    void areRefusedByOtherInstancesOnceTheseReadTheKeysAnew() {
        ApiKey key = this.keys.add(ApiKey.of(this.text, "ci", Set.of(Role.VIEWER), Instant.now(), null, null));
        ApiKeyAuthenticationProvider another = anotherInstance();
        assertThat(another.authenticate(this.text).key().id()).isEqualTo(key.id());

        revokeHere(key);

        assertThat(this.api.get("/jobs")
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + this.text.value())
            .retrieve()
            .toBodilessEntity()
            .getStatusCode()
            .value()).isEqualTo(401);
        this.nanoTime.addAndGet(KnownKeys.MAX_AGE.toNanos() - 1);
        assertThat(another.findValid(this.text.hash())).isNotNull();
        this.nanoTime.incrementAndGet();
        assertThatExceptionOfType(InvalidBearerTokenException.class).isThrownBy(() -> another.authenticate(this.text));
        assertThat(another.findValid(this.text.hash())).isNull();
        assertThat(KnownKeys.MAX_AGE).isLessThan(PROMISED);
    }

    private void revokeHere(ApiKey key) {
        assertThat(this.api
            .exchange(HttpMethod.DELETE, "/api-keys/" + key.id(),
                    Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + KeysRequiredIntegrationTest.ADMIN_KEY))
            .toBodilessEntity()
            .getStatusCode()
            .value()).isEqualTo(204);
    }

    private ApiKeyAuthenticationProvider anotherInstance() {
        KnownKeys known = new KnownKeys(this.keys, this.database, this.settings, this.nanoTime::get);
        return new ApiKeyAuthenticationProvider(known, this.uses, Clock.systemUTC());
    }

}
