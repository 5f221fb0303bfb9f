package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.data.mongodb.core.MongoOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class DatabaseAvailabilityTests {

    private final MongoOperations mongo = mock();

    private final DatabaseAvailability availability = new DatabaseAvailability(this.mongo, Duration.ofMillis(1));

    private final AtomicInteger pings = new AtomicInteger();

    private volatile @Nullable RuntimeException failure;

    @BeforeEach
    void answerOrFail() {
        given(this.mongo.executeCommand(any(Document.class))).willAnswer((ping) -> {
            this.pings.incrementAndGet();
            RuntimeException failure = this.failure;
            if (failure != null) {
                throw failure;
            }
            return new Document("ok", 1);
        });
    }

    @AfterEach
    void endCheck() {
        this.availability.destroy();
    }

    @Test
    void isAvailableWhilePingsAreAnswered() {
        this.availability.afterPropertiesSet();
        awaitPings(2);
        assertThat(this.availability.isUnavailable()).isFalse();
    }

    @Test
    void isUnavailableUntilAPingIsAnswered() {
        this.failure = new DataAccessResourceFailureException("refused");
        this.availability.afterPropertiesSet();
        await().until(this.availability::isUnavailable);
        awaitPings(3);
        assertThat(this.availability.isUnavailable()).isTrue();
        this.failure = null;
        await().until(() -> !this.availability.isUnavailable());
    }

    @Test
    void asksNothingForAnyoneWhileItIsKnownToBeUnavailable() {
        this.failure = new DataAccessResourceFailureException("refused");
        assertThat(this.availability.responds()).isFalse();
        this.availability.afterPropertiesSet();
        await().until(this.availability::isUnavailable);
        this.availability.destroy();
        await().until(() -> !this.availability.isUnavailable());
        this.failure = null;
        assertThat(this.availability.responds()).isTrue();
    }

    @Test
    void isAvailableWhereItRefusesThePing() {
        this.failure = new UncategorizedMongoDbException("not authorized", null);
        this.availability.afterPropertiesSet();
        awaitPings(2);
        assertThat(this.availability.isUnavailable()).isFalse();
    }

    @Test
    void isCheckedAgainAfterACheckThatBroke() {
        this.failure = new IllegalStateException("state should be: open");
        this.availability.afterPropertiesSet();
        awaitPings(2);
        assertThat(this.availability.isUnavailable()).isFalse();
    }

    private void awaitPings(int count) {
        await().until(() -> this.pings.get() >= count);
    }

}
