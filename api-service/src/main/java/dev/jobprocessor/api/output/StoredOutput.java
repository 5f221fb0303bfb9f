package dev.jobprocessor.api.output;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.LongOperations;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.OutputReported;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * The stored output of running attempts. No operation takes longer than {@link #TIMEOUT}:
 * output is dropped rather.
 */
@Component
class StoredOutput {

    static final String COLLECTION = "output";

    static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** What is read at once; whoever reads goes on from its end. */
    static final int MAX_CHUNKS = 1000;

    private static final String JOB = "job";

    private static final String ATTEMPT = "attempt";

    private static final String END = "end";

    private final MongoOperations mongo;

    StoredOutput(LongOperations operations) {
        this.mongo = operations.within(TIMEOUT);
    }

    /** Adds chunks, and deletes those that are too far back then to be kept. */
    void add(Collection<OutputChunk> chunks) {
        BulkOperations bulk = this.mongo.bulkOps(BulkMode.UNORDERED, COLLECTION);
        chunks.forEach((chunk) -> {
            bulk.insert(chunk);
            if (chunk.end() > OutputReported.KEPT) {
                bulk.remove(of(chunk.job(), chunk.attempt())
                    .addCriteria(Criteria.where(END).lte(chunk.end() - OutputReported.KEPT)));
            }
        });
        bulk.execute();
    }

    /** Finds what an attempt wrote, in order, from the chunk on that ends there. */
    List<OutputChunk> find(JobAttempt attempt, long end) {
        Query written = of(attempt.jobId(), attempt.attempt()).addCriteria(Criteria.where(END).gte(end));
        return this.mongo.find(written.with(Sort.by(END)).limit(MAX_CHUNKS), OutputChunk.class, COLLECTION);
    }

    /** The jobs of which there is output. */
    List<String> jobs() {
        return this.mongo.findDistinct(new Query(), JOB, COLLECTION, String.class);
    }

    void remove(Collection<String> jobs) {
        this.mongo.remove(Query.query(Criteria.where(JOB).in(jobs)), COLLECTION);
    }

    /** Removes what earlier attempts wrote. */
    void removeBefore(JobAttempt attempt) {
        this.mongo.remove(Query.query(Criteria.where(JOB).is(attempt.jobId()).and(ATTEMPT).lt(attempt.attempt())),
                COLLECTION);
    }

    private static Query of(String job, int attempt) {
        return Query.query(Criteria.where(JOB).is(job).and(ATTEMPT).is(attempt));
    }

    @Configuration(proxyBeanMethods = false)
    static class Indexes {

        @Bean
        CollectionIndexes outputIndexes() {
            return new CollectionIndexes(COLLECTION,
                    List.of(new Index().on(JOB, Direction.ASC).on(ATTEMPT, Direction.ASC).on(END, Direction.ASC)),
                    Set.of("job_1_attempt_1_offset_1"));
        }

    }

}
