package dev.jobprocessor.api.jobs;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.WriteConcern;
import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.DatabaseSettings;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;

/** The indexes that the queries for jobs need, and how the database client writes. */
@Configuration(proxyBeanMethods = false)
class JobIndexes {

    private static final List<Index> INDEXES = List.of(
            new Index().on(JobFields.CREATED_AT, Direction.DESC).on(JobFields.ID, Direction.DESC),
            new Index().on(JobFields.STATUS, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC),
            new Index().on(JobFields.QUEUE, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC)
                .partial(ofNamedQueues()),
            new Index().on(JobFields.QUEUE, Direction.ASC)
                .on(JobFields.STATUS, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC)
                .partial(ofNamedQueues()),
            new Index().on(JobFields.SUBMITTED_BY, Direction.ASC)
                .on(JobFields.STATUS, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.SUBMITTED_BY).exists(true))),
            new Index().on(JobFields.WORDS, Direction.ASC),
            new Index().on(JobFields.ATTEMPT_WORDS, Direction.ASC).sparse(),
            new Index().on(JobFields.DISPATCH_DUE, Direction.ASC).sparse(),
            new Index().on(JobFields.STARTED_AT, Direction.ASC)
                .on(JobFields.SENT_AT, Direction.ASC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.STATUS).is(JobStatus.PENDING.name()))),
            new Index().on(JobFields.DEADLINE, Direction.ASC)
                .on(JobFields.STARTED_AT, Direction.ASC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.DEADLINE).exists(true))),
            new Index().on(JobFields.RUN_AT, Direction.ASC).sparse(),
            new Index().on(JobFields.WEBHOOK_DUE, Direction.ASC).sparse(),
            new Index().on(JobFields.LABELS, Direction.ASC).sparse(),
            new Index().on(JobFields.WORKER, Direction.ASC).sparse(),
            new Index().on(JobFields.WORKER, Direction.ASC)
                .on(JobFields.STATUS, Direction.ASC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.STATUS)
                    .is(JobStatus.PENDING.name())
                    .and(JobFields.CLAIM)
                    .exists(true))),
            new Index().on(JobFields.ERROR_CODE, Direction.ASC).sparse(),
            new Index().on(JobFields.FAILURE, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.FAILURE).exists(true))),
            new Index().on(JobFields.MALFORMED_RESULT, Direction.ASC)
                .on(JobFields.CREATED_AT, Direction.DESC)
                .on(JobFields.ID, Direction.DESC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.MALFORMED_RESULT).exists(true))),
            new Index().on(JobFields.COMPLETED_AT, Direction.DESC)
                .on(JobFields.FAILURE, Direction.ASC)
                .on(JobFields.QUEUE, Direction.ASC)
                .partial(PartialIndexFilter.of(Criteria.where(JobFields.FAILURE).exists(true))),
            new Index().on(JobFields.IDEMPOTENCY_KEY, Direction.ASC).sparse().unique());

    /** Those of earlier releases, which others replace. */
    private static final Set<String> OBSOLETE = Set.of("deadline_1", "sentAt_1");

    private static final int MAX_CONNECTING = 10;

    /**
     * The timeout of an operation includes the selection of a server.
     * {@code LongOperations} have longer ones. After an outage all connections are opened
     * anew while everybody waits for one: more at the same time than the driver's two.
     */
    @Bean
    static MongoClientSettingsBuilderCustomizer durableWritesAndShortWaits(DatabaseSettings database) {
        return (settings) -> settings.writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .timeout(database.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .applyToConnectionPoolSettings((pool) -> pool.maxConnecting(MAX_CONNECTING));
    }

    /** Jobs of the default queue cost no entry, and are found by the other indexes. */
    private static PartialIndexFilter ofNamedQueues() {
        return PartialIndexFilter.of(Criteria.where(JobFields.QUEUE).exists(true));
    }

    /** There is one type of document, so none needs to name its class. */
    @Autowired
    void storeNoClassNames(MappingMongoConverter converter) {
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
    }

    @Bean
    CollectionIndexes indexesOfJobs(MongoOperations mongo) {
        return new CollectionIndexes(mongo.getCollectionName(Job.class), INDEXES, OBSOLETE);
    }

}
