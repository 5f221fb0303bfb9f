package dev.jobprocessor.api.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Prefix;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The messages that no worker could handle: a document each, stored before the message is
 * acknowledged, until an operator requeues or discards it.
 */
@Component
class DeadLetters {

    static final String COLLECTION = "dead-letters";

    static final int MAX_PAYLOAD = 65_536;

    /** As many as are listed, the newest first. */
    static final int MAX_SHOWN = 500;

    static final int MAX_COUNTED = 10_000;

    static final Duration KEPT = Duration.ofDays(180);

    private static final String AT = "at";

    private static final String FINISHED = "finished";

    private final MongoOperations mongo;

    private final Clock clock;

    private final DatabaseErrors databaseErrors;

    DeadLetters(MongoOperations mongo, Clock clock, DatabaseErrors databaseErrors) {
        this.mongo = mongo;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
    }

    @Bean
    static CollectionIndexes indexesOfDeadLetters() {
        return new CollectionIndexes(COLLECTION, List.of(new Index().on(AT, Direction.DESC)));
    }

    /** Stores a message; one that is delivered again is stored once. */
    void add(byte[] body, String reason, @Nullable String queue, @Nullable String jobId, @Nullable Integer attempt,
            DeadLetter.@Nullable Finished finished) {
        String payload = Prefix.of(new String(body, StandardCharsets.UTF_8), MAX_PAYLOAD);
        Instant now = this.clock.instant();
        try {
            this.mongo.insert(new DeadLetter(id(body, reason), now, reason, queue, payload, body.length, jobId, attempt,
                    finished), COLLECTION);
        }
        catch (DuplicateKeyException ex) {
            // it was not acknowledged then
        }
    }

    private static String id(byte[] body, String reason) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(reason.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body), 0, 16);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    List<DeadLetter> newest() {
        Query newest = new Query().with(Sort.by(Direction.DESC, AT)).limit(MAX_SHOWN);
        newest.fields().exclude(FINISHED);
        return this.mongo.find(newest, DeadLetter.class, COLLECTION);
    }

    /** How many are kept, {@value #MAX_COUNTED} at most: read from the index alone. */
    long count() {
        Query kept = Query.query(Criteria.where(AT).gt(Instant.EPOCH)).limit(MAX_COUNTED);
        return this.mongo.count(kept, COLLECTION);
    }

    Optional<DeadLetter> find(String id) {
        return Optional.ofNullable(this.mongo.findById(id, DeadLetter.class, COLLECTION));
    }

    /** Returns false where there is none any more. */
    boolean remove(String id) {
        return this.mongo.remove(Query.query(Criteria.where("_id").is(id)), COLLECTION).getDeletedCount() == 1;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void forget() {
        try {
            this.mongo.remove(Query.query(Criteria.where(AT).lt(this.clock.instant().minus(KEPT))), COLLECTION);
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Old dead letters are deleted later", ex);
        }
    }

}
