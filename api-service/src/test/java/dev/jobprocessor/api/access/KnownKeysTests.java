package dev.jobprocessor.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.DatabaseSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class KnownKeysTests {

    private static final ApiKey KEY = ApiKey.of(new KeyText("jp_TestsHaveThisKeyNobodyElseHas04EHrO2"), "ci",
            Set.of(Role.VIEWER), Instant.EPOCH, null, null);

    private final ApiKeys keys = mock(ApiKeys.class);

    private final DatabaseAvailability database = mock(DatabaseAvailability.class);

    private final KnownKeys known = new KnownKeys(this.keys, this.database,
            new DatabaseSettings(Duration.ofSeconds(5)));

    @BeforeEach
    void storeOneKey() {
        given(this.keys.valid()).willReturn(List.of(KEY));
        given(this.keys.findValid(any())).willReturn(Optional.empty());
    }

    @Test
    void readsTheKeysOnceForManyCalls() {
        for (int call = 0; call < 1000; call++) {
            assertThat(this.known.find(KEY.hash())).isNotNull();
        }
        then(this.keys).should(times(1)).valid();
    }

    @Test
    void looksUpAFewUnknownKeysASecond() {
        for (int guess = 0; guess < 1000; guess++) {
            assertThat(this.known.find("unknown " + guess)).isNull();
        }
        then(this.keys).should(times(KnownKeys.LOOKUPS)).findValid(any());

        this.known.allowLookups();
        this.known.find("unknown");
        then(this.keys).should(times(KnownKeys.LOOKUPS + 1)).findValid(any());
    }

    @Test
    void findsAKeyThatAnotherInstanceHasJustCreated() {
        given(this.keys.valid()).willReturn(List.of());
        assertThat(this.known.find(KEY.hash())).isNull();

        given(this.keys.findValid(KEY.hash())).willReturn(Optional.of(KEY));
        assertThat(this.known.find(KEY.hash())).isNotNull();
    }

    @Test
    void knowsNoKeyInvalidWhileTheDatabaseIsUnavailable() {
        given(this.database.isUnavailable()).willReturn(true);

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.known.find(KEY.hash()));
    }

    @Test
    void reliesOnWhatWasReadWhileTheDatabaseIsUnavailable() {
        this.known.find(KEY.hash());
        given(this.database.isUnavailable()).willReturn(true);

        assertThat(this.known.find(KEY.hash())).isNotNull();
    }

}
