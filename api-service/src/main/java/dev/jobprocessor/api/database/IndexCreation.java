package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.IndexInfo;
import org.springframework.data.mongodb.core.index.IndexOperations;
import org.springframework.stereotype.Component;

/**
 * Creates all indexes at start. Waits for the database, as the service is not ready
 * without it. Errors that do not go away by waiting, such as a missing privilege or a
 * conflicting index, fail the start.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class IndexCreation implements ApplicationRunner {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** Building one over many millions of jobs takes minutes. */
    private static final Duration BUILD = Duration.ofHours(1);

    private final List<CollectionIndexes> collections;

    private final MongoOperations mongo;

    private final DatabaseErrors errors;

    IndexCreation(List<CollectionIndexes> collections, LongOperations operations, DatabaseErrors errors) {
        this.collections = collections;
        this.mongo = operations.within(BUILD);
        this.errors = errors;
    }

    @Override
    public void run(ApplicationArguments args) throws InterruptedException {
        for (CollectionIndexes collection : this.collections) {
            while (!isCreated(collection)) {
                Thread.sleep(RETRY_DELAY);
            }
        }
    }

    private boolean isCreated(CollectionIndexes collection) {
        try {
            IndexOperations indexes = this.mongo.indexOps(collection.collection());
            collection.indexes().forEach(indexes::createIndex);
            dropObsolete(collection, indexes);
            return true;
        }
        catch (DataAccessException ex) {
            this.errors.report("The indexes are not created yet", ex);
            if (!DatabaseErrors.isUnavailable(ex)) {
                throw ex;
            }
            return false;
        }
    }

    /** Once the others serve their queries. */
    private static void dropObsolete(CollectionIndexes collection, IndexOperations indexes) {
        if (!collection.obsolete().isEmpty()) {
            indexes.getIndexInfo()
                .stream()
                .map(IndexInfo::getName)
                .filter(collection.obsolete()::contains)
                .forEach(indexes::dropIndex);
        }
    }

}
