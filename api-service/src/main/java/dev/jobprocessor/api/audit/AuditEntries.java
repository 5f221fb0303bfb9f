package dev.jobprocessor.api.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.PageCursor;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
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
        List<Document> documents = entries.stream().map(AuditEntries::document).toList();
        try {
            this.mongo.execute(AuditEntry.COLLECTION,
                    (audit) -> audit.insertMany(documents, new InsertManyOptions().ordered(false)));
        }
        catch (DataAccessException ex) {
            if (!isOfDuplicatesAlone(ex)) {
                throw ex;
            }
        }
    }

    private static boolean isOfDuplicatesAlone(DataAccessException ex) {
        return ex.getCause() instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch((error) -> error.getCode() == DUPLICATE_KEY);
    }

    /** As Spring Data reads it, which would take longer to write it than all the rest. */
    private static Document document(AuditEntry entry) {
        Document document = new Document(ID, new ObjectId(entry.id())).append(AT, entry.at());
        add(document, AuditFilter.ACTOR, entry.actor());
        add(document, "keyId", entry.keyId());
        document.append(AuditFilter.ACTION, entry.action());
        add(document, AuditFilter.TARGET, entry.target());
        document.append("status", entry.status()).append("outcome", entry.outcome().name());
        add(document, "address", entry.address());
        add(document, "userAgent", entry.userAgent());
        add(document, "traceId", entry.traceId());
        add(document, "count", entry.count());
        return document;
    }

    private static void add(Document document, String field, @Nullable Object value) {
        if (value != null) {
            document.append(field, value);
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
