package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.WriteConcern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.index.Index;

/** How jobs are stored: durably, and under the indexes that the queries need. */
@Configuration(proxyBeanMethods = false)
class JobStore {

    private static final Logger log = LoggerFactory.getLogger(JobStore.class);

    private static final List<Index> INDEXES = List.of(
            new Index().on(JobFields.CREATED_AT, Direction.DESC).on(JobFields.ID, Direction.DESC),
            new Index().on(JobFields.STATUS, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC),
            new Index().on(JobFields.WORDS, Direction.ASC),
            new Index().on(JobFields.ATTEMPT_WORDS, Direction.ASC).sparse(),
            new Index().on(JobFields.DISPATCH_DUE, Direction.ASC).sparse(),
            new Index().on(JobFields.DEADLINE, Direction.ASC).sparse(),
            new Index().on(JobFields.IDEMPOTENCY_KEY, Direction.ASC).sparse().unique());

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /**
     * An operation ends within the timeout of a call, and so does the selection of a
     * server within it. {@link LongOperations} have longer ones.
     */
    @Bean
    static MongoClientSettingsBuilderCustomizer durableWritesAndShortWaits(DatabaseSettings database) {
        return (settings) -> settings.writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .timeout(database.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** There is one type of document, so none needs to name its class. */
    @Autowired
    void storeNoClassNames(MappingMongoConverter converter) {
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
    }

    /** Waits for the database, as the service is not ready without it. */
    @Bean
    ApplicationRunner jobIndexes(MongoOperations mongo) {
        return (args) -> {
            while (!ensureIndexes(mongo)) {
                Thread.sleep(RETRY_DELAY);
            }
        };
    }

    private static boolean ensureIndexes(MongoOperations mongo) {
        try {
            INDEXES.forEach(mongo.indexOps(Job.class)::createIndex);
            return true;
        }
        catch (DataAccessException ex) {
            log.warn("The database cannot be reached, trying again in {} s: {}", RETRY_DELAY.toSeconds(),
                    ex.getMessage());
            return false;
        }
    }

}
