package dev.jobprocessor.api.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.PageCursor;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** The stored entries, which are inserted and read, and deleted by their age alone. */
@Component
class AuditEntries {

    static final Duration KEPT = Duration.ofDays(365);

    private static final String ID = "_id";

    private static final String AT = "at";

    private static final Sort NEWEST_FIRST = Sort.by(AT, ID).descending();

    private static final int DUPLICATE_KEY = 11000;

    private final MongoOperations mongo;

    AuditEntries(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Inserts those that an earlier try has not inserted. */
    void insert(List<AuditEntry> entries) {
        try {
            this.mongo.bulkOps(BulkMode.UNORDERED, AuditEntry.class).insert(entries).execute();
        }
        catch (BulkOperationException ex) {
            if (ex.getErrors().stream().anyMatch((error) -> error.getCode() != DUPLICATE_KEY)) {
                throw ex;
            }
        }
    }

    /**
     * Finds a page, newest first.
     * @param after the last entry of the page before; null for the first page
     */
    List<AuditEntry> find(AuditFilter filter, @Nullable PageCursor after, int limit) {
        List<Criteria> all = new ArrayList<>(filter.criteria());
        if (after != null) {
            all.add(Criteria.where(AT).lte(after.time()));
            all.add(after.older(AT));
        }
        Query query = all.isEmpty() ? new Query() : Query.query(new Criteria().andOperator(all));
        return this.mongo.find(query.with(NEWEST_FIRST).limit(limit), AuditEntry.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Indexes {

        /** One for each filter, and one by which the database deletes what is old. */
        @Bean
        CollectionIndexes auditIndexes() {
            Stream<Index> lists = Stream.of(newestFirst(new Index()), of(AuditFilter.ACTOR), of(AuditFilter.ACTION),
                    of(AuditFilter.TARGET));
            Index old = new Index().on(AT, Direction.ASC).expire(KEPT.toSeconds(), TimeUnit.SECONDS);
            return new CollectionIndexes(AuditEntry.COLLECTION, Stream.concat(lists, Stream.of(old)).toList());
        }

        private static Index of(String field) {
            return newestFirst(new Index().on(field, Direction.ASC));
        }

        private static Index newestFirst(Index index) {
            return index.on(AT, Direction.DESC).on(ID, Direction.DESC);
        }

    }

}
