package dev.jobprocessor.api.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.jobprocessor.api.database.CollectionIndexes;
import org.bson.types.ObjectId;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** All keys, at most {@value #MAX}, of which only the hash of their text is stored. */
@Component
class ApiKeys {

    static final String COLLECTION = "api-keys";

    static final int MAX = 1000;

    /** For how long a revoked key that somebody created is listed. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String ID = "_id";

    private static final String HASH = "hash";

    private static final String CREATED_AT = "createdAt";

    private static final String CREATED_BY = "createdBy";

    private static final String LAST_USED_AT = "lastUsedAt";

    private static final String REVOKED_AT = "revokedAt";

    private final MongoOperations mongo;

    private final Clock clock;

    ApiKeys(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Returns all, the newest first. */
    List<ApiKey> all() {
        return this.mongo.find(new Query().with(Sort.by(Direction.DESC, CREATED_AT)).limit(MAX), ApiKey.class);
    }

    /** Returns those that are not revoked. */
    List<ApiKey> valid() {
        return this.mongo.find(Query.query(valid(new Criteria())).limit(MAX), ApiKey.class);
    }

    Optional<ApiKey> findValid(String hash) {
        return Optional.ofNullable(this.mongo.findOne(Query.query(valid(Criteria.where(HASH).is(hash))), ApiKey.class));
    }

    /**
     * @throws TooManyKeys if there are {@value #MAX}
     */
    ApiKey add(ApiKey key) {
        this.mongo.remove(forgettable(), ApiKey.class);
        if (this.mongo.count(new Query(), ApiKey.class) >= MAX) {
            throw new TooManyKeys();
        }
        return this.mongo.insert(key);
    }

    /** Whether it was added: not if there is one with its text or id. */
    boolean addIfAbsent(ApiKey key) {
        try {
            this.mongo.insert(key);
            return true;
        }
        catch (DuplicateKeyException ex) {
            return false;
        }
    }

    /**
     * @throws LastAdminKey if this is the only valid key of an admin
     */
    void requireAnotherAdmin(String id) {
        Instant now = this.clock.instant();
        List<String> admins = valid().stream()
            .filter((key) -> key.roles().contains(Role.ADMIN) && !key.isExpired(now))
            .map(ApiKey::id)
            .toList();
        if (admins.equals(List.of(id))) {
            throw new LastAdminKey();
        }
    }

    /**
     * Revokes a key, also one that is revoked.
     * @throws KeyNotFound if there is none
     */
    void revoke(String id) {
        Query key = Query.query(Criteria.where(ID).is(id));
        if (!ObjectId.isValid(id) || !this.mongo.exists(key, ApiKey.class)) {
            throw new KeyNotFound(id);
        }
        this.mongo.updateFirst(key.addCriteria(Criteria.where(REVOKED_AT).exists(false)),
                Update.update(REVOKED_AT, this.clock.instant()), ApiKey.class);
    }

    /** Records when keys were used last, by their ids. */
    void used(Map<String, Instant> times) {
        BulkOperations updates = this.mongo.bulkOps(BulkMode.UNORDERED, ApiKey.class);
        times.forEach((id, time) -> updates.updateOne(Query.query(Criteria.where(ID).is(id)),
                new Update().max(LAST_USED_AT, time)));
        updates.execute();
    }

    /**
     * What the service itself created stays: another start would add the key of
     * ADMIN_API_KEY again.
     */
    private Query forgettable() {
        return Query
            .query(Criteria.where(REVOKED_AT).lt(this.clock.instant().minus(KEPT)).and(CREATED_BY).exists(true));
    }

    private static Criteria valid(Criteria criteria) {
        return criteria.and(REVOKED_AT).exists(false);
    }

    @Configuration(proxyBeanMethods = false)
    static class Indexes {

        @Bean
        CollectionIndexes apiKeyIndexes() {
            return new CollectionIndexes(COLLECTION, List.of(new Index().on(HASH, Direction.ASC).unique()));
        }

    }

}
