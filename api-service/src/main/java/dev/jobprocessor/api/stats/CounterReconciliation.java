package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Corrects the counters by what the jobs themselves say, one status after another and one
 * instance at a time. Jobs move while they are counted: what was counted is wrong only
 * where it lies outside what the counter said before, and says once all instances have
 * stored their moves. Two rounds of a status in a row must find this, and the lesser
 * difference is added, so that a count under load does no harm.
 * <p>
 * Counting 100 million jobs takes a minute or two, about 2 % of the time at most. A count
 * that does not end in time is logged, tried again later, and hinders no other status.
 */
@Component
class CounterReconciliation {

    /** Between the rounds of two statuses. */
    private static final Duration INTERVAL = Duration.ofMillis(2500);

    /** How long no other instance counts, even where this one is killed. */
    private static final Duration LEASE = JobCensus.COUNT_TIMEOUT.plusMinutes(1);

    /** The next round waits this many times what the last one took. */
    private static final int RESTS = 50;

    /** Longer than any instance takes to store what it counted. */
    private static final int SETTLING = 5 * JobCounting.STORE_DELAY;

    private static final Duration MINUTES_KEPT = Duration.ofHours(2);

    private static final Logger log = LoggerFactory.getLogger(CounterReconciliation.class);

    private static final Query TURN = Query.query(Criteria.where("_id").is("reconciliation"));

    private static final String NEXT = "next";

    private static final String LAST = "last";

    private static final String DRIFT = "drift";

    private static final String RECONCILED = "reconciled";

    private final JobCounters counters;

    private final JobCensus census;

    private final MongoOperations mongo;

    private final Clock clock;

    private @Nullable Round round;

    private final DatabaseErrors databaseErrors;

    private volatile Instant reconciled;

    CounterReconciliation(JobCounters counters, JobCensus census, MongoOperations mongo, Clock clock,
            DatabaseErrors databaseErrors, MeterRegistry registry) {
        this.counters = counters;
        this.census = census;
        this.mongo = mongo;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
        this.reconciled = clock.instant();
        Gauge.builder("jobs.counters.age", this, CounterReconciliation::age)
            .description("Time since every counter of jobs was last compared with the jobs")
            .baseUnit("seconds")
            .register(registry);
    }

    private double age() {
        return Duration.between(this.reconciled, this.clock.instant()).toMillis() / 1000.0;
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

    /** Null where the count does not end in time. */
    @Nullable Round begin() {
        Instant start = this.clock.instant();
        JobStatus status = following(turn().getString(LAST));
        try {
            return new Round(status, this.counters.count(status), this.census.count(status));
        }
        catch (DataAccessException ex) {
            if (!DatabaseErrors.isUnavailable(ex)) {
                throw ex;
            }
            log.warn("The {} jobs could not be counted and are counted later, their statistics may be wrong. "
                    + "All counters were last reconciled at {}: {}", status, this.reconciled, ex.getMessage());
            return null;
        }
        finally {
            rest(status, start);
            this.counters.forgetMinutesBefore(start.minus(MINUTES_KEPT));
        }
    }

    private Document turn() {
        return Objects.requireNonNullElseGet(this.mongo.findOne(TURN, Document.class, JobCounters.COLLECTION),
                Document::new);
    }

    private static JobStatus following(@Nullable String last) {
        JobStatus[] all = JobStatus.values();
        return all[(last != null) ? (JobStatus.valueOf(last).ordinal() + 1) % all.length : 0];
    }

    /** Also after a count that failed: it may have cost as much. */
    private void rest(JobStatus status, Instant start) {
        Instant end = this.clock.instant();
        Duration rest = Duration.between(start, end).multipliedBy(RESTS);
        this.mongo.upsert(TURN,
                Update.update(NEXT, end.plus((rest.compareTo(INTERVAL) > 0) ? rest : INTERVAL)).set(LAST, status),
                JobCounters.COLLECTION);
    }

    void end(Round begun) {
        String status = begun.status().name();
        long found = begun.drift(this.counters.count(begun.status()));
        long confirmed = confirmed(status, found);
        if (confirmed != 0) {
            log.info("The counter of {} jobs is corrected by {}", status, confirmed);
            this.counters.addStatuses(Map.of(begun.status(), confirmed));
        }
        this.mongo.upsert(TURN, Update.update(DRIFT + "." + status, found - confirmed)
            .set(RECONCILED + "." + status, this.clock.instant()), JobCounters.COLLECTION);
    }

    /** The very first round needs no other: until then, nothing was counted. */
    private long confirmed(String status, long found) {
        Document last = turn().get(DRIFT, new Document());
        return last.containsKey(status) ? lesser(found, JobCounters.count(last, status)) : found;
    }

    private boolean isMyTurn() {
        Instant now = this.clock.instant();
        return isDue(now) && takeTurn(now);
    }

    /** Asked before the turn is taken, since what is not due fails as a duplicate. */
    private boolean isDue(Instant now) {
        Document turn = turn();
        Document times = turn.get(RECONCILED, new Document());
        Arrays.stream(JobStatus.values())
            .map((status) -> times.get(status.name(), Date.from(this.reconciled)).toInstant())
            .min(Instant::compareTo)
            .ifPresent((oldest) -> this.reconciled = oldest);
        return !turn.get(NEXT, new Date(0)).toInstant().isAfter(now);
    }

    private boolean takeTurn(Instant now) {
        Query due = Query.query(Criteria.where("_id").is("reconciliation").and(NEXT).not().gt(now));
        try {
            this.mongo.upsert(due, Update.update(NEXT, now.plus(LEASE)), JobCounters.COLLECTION);
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

    /** What the counter of a status said, and then the jobs. */
    record Round(JobStatus status, long before, long counted) {

        long drift(long after) {
            long lowest = Math.min(this.before, after);
            return (this.counted < lowest) ? this.counted - lowest
                    : Math.max(0, this.counted - Math.max(this.before, after));
        }

    }

}
