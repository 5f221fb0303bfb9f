package dev.jobprocessor.api.stats;

import java.util.Arrays;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobStatus;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;

/** Counts from zero, as if no earlier test had counted anything. */
public class NewCounters {

    private final JobCounting counting;

    private final QueueCounting queueCounting;

    private final CounterReconciliation reconciliation;

    private final MongoOperations mongo;

    NewCounters(JobCounting counting, QueueCounting queueCounting, CounterReconciliation reconciliation,
            MongoOperations mongo) {
        this.counting = counting;
        this.queueCounting = queueCounting;
        this.reconciliation = reconciliation;
        this.mongo = mongo;
    }

    public void start() {
        this.counting.store();
        this.queueCounting.store();
        this.mongo.remove(new Query(), JobCounters.COLLECTION);
        this.mongo.remove(new Query(), JobCounters.MINUTES);
        Arrays.stream(Series.values()).forEach((series) -> this.mongo.remove(new Query(), series.collection()));
    }

    /** Each status once. */
    void reconcile() {
        for (int i = 0; i < JobStatus.values().length; i++) {
            this.reconciliation.end(Objects.requireNonNull(this.reconciliation.begin()));
        }
    }

}
