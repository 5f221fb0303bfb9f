package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Corrects the counters by what the jobs themselves say, one instance at a time. Jobs
 * move while they are counted: what was counted is wrong only where it lies outside what
 * the counter said before, and says once all instances have stored their moves. Two
 * rounds in a row must find this, and the lesser difference is added, so that a count
 * under load does no harm.
 */
@Component
class CounterReconciliation {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** The next round waits this many times what the last one took. */
    private static final int RESTS = 50;

    /** Longer than any instance takes to store what it counted. */
    private static final int SETTLING = 5 * JobCounting.STORE_DELAY;

    private static final Duration MINUTES_KEPT = Duration.ofHours(2);

    private static final Logger log = LoggerFactory.getLogger(CounterReconciliation.class);

    private static final Query TURN = Query.query(Criteria.where("_id").is("reconciliation"));

    private static final String NEXT = "next";

    private static final String DRIFT = "drift";

    private final JobCounters counters;

    private final JobCensus census;

    private final MongoOperations mongo;

    private final Clock clock;

    private @Nullable Round round;

    private final DatabaseErrors databaseErrors;

    CounterReconciliation(JobCounters counters, JobCensus census, MongoOperations mongo, Clock clock,
            DatabaseErrors databaseErrors) {
        this.counters = counters;
        this.census = census;
        this.mongo = mongo;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
    }

    @Scheduled(fixedDelay = SETTLING)
    void reconcile() {
        Round begun = this.round;
        this.round = null;
        try {
            if (begun != null) {
                end(begun);
            }
            else if (isMyTurn()) {
                this.round = begin();
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The counters are reconciled later", ex);
        }
    }

    Round begin() {
        Instant start = this.clock.instant();
        try {
            return new Round(this.counters.statuses(), this.census.statuses());
        }
        finally {
            rest(start);
            this.counters.forgetMinutesBefore(start.minus(MINUTES_KEPT));
        }
    }

    /** Also after a count that failed: it may have cost as much. */
    private void rest(Instant start) {
        Instant end = this.clock.instant();
        Duration rest = Duration.between(start, end).multipliedBy(RESTS);
        this.mongo.updateFirst(TURN, Update.update(NEXT, end.plus((rest.compareTo(INTERVAL) > 0) ? rest : INTERVAL)),
                JobCounters.COLLECTION);
    }

    void end(Round begun) {
        Map<JobStatus, Long> found = begun.drift(this.counters.statuses());
        Map<JobStatus, Long> confirmed = confirmed(found);
        if (!confirmed.isEmpty()) {
            log.info("The counters are corrected by {}", confirmed);
            this.counters.addStatuses(confirmed);
        }
        confirmed.forEach((status, jobs) -> found.merge(status, -jobs, Long::sum));
        Document drift = new Document();
        found.forEach((status, jobs) -> drift.put(status.name(), jobs));
        this.mongo.upsert(TURN, Update.update(DRIFT, drift), JobCounters.COLLECTION);
    }

    /** The very first round needs no other: until then, nothing was counted. */
    private Map<JobStatus, Long> confirmed(Map<JobStatus, Long> found) {
        Document turn = this.mongo.findOne(TURN, Document.class, JobCounters.COLLECTION);
        Document last = (turn != null) ? turn.get(DRIFT, Document.class) : null;
        Map<JobStatus, Long> confirmed = new EnumMap<>(JobStatus.class);
        found.forEach((status, jobs) -> {
            long lesser = (last != null) ? lesser(jobs, JobCounters.count(last, status.name())) : jobs;
            if (lesser != 0) {
                confirmed.put(status, lesser);
            }
        });
        return confirmed;
    }

    private boolean isMyTurn() {
        Instant now = this.clock.instant();
        return isDue(now) && takeTurn(now);
    }

    /** Asked before the turn is taken, since what is not due fails as a duplicate. */
    private boolean isDue(Instant now) {
        Document turn = this.mongo.findOne(TURN, Document.class, JobCounters.COLLECTION);
        return turn == null || !turn.get(NEXT, new Date(0)).toInstant().isAfter(now);
    }

    private boolean takeTurn(Instant now) {
        Query due = Query.query(Criteria.where("_id").is("reconciliation").and(NEXT).not().gt(now));
        try {
            this.mongo.upsert(due, Update.update(NEXT, now.plus(INTERVAL)), JobCounters.COLLECTION);
            return true;
        }
        catch (DuplicateKeyException ex) {
            return false; // another instance was first
        }
    }

    private static long lesser(long a, long b) {
        if (Long.signum(a) != Long.signum(b)) {
            return 0;
        }
        return (Math.abs(a) < Math.abs(b)) ? a : b;
    }

    /** What the counters said, and then the jobs. */
    record Round(Map<JobStatus, Long> before, Map<JobStatus, Long> counted) {

        Map<JobStatus, Long> drift(Map<JobStatus, Long> after) {
            Map<JobStatus, Long> drift = new EnumMap<>(JobStatus.class);
            this.counted.forEach((status, jobs) -> drift.put(status,
                    drift(jobs, this.before.getOrDefault(status, 0L), after.getOrDefault(status, 0L))));
            return drift;
        }

        private static long drift(long counted, long before, long after) {
            long lowest = Math.min(before, after);
            return (counted < lowest) ? counted - lowest : Math.max(0, counted - Math.max(before, after));
        }

    }

}
