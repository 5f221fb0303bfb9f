package dev.jobprocessor.api.workers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.RunningAttempts;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** The attempts of which workers were heard: reads the document of one worker. */
@Component
class HeardAttempts implements RunningAttempts {

    /** A heartbeat that was made before a claim was granted may arrive after it. */
    static final Duration DELAY = Duration.ofSeconds(5);

    private final MongoOperations mongo;

    private final WorkerSettings settings;

    private final Clock clock;

    HeardAttempts(MongoOperations mongo, WorkerSettings settings, Clock clock) {
        this.mongo = mongo;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean mayRun(String worker, JobAttempt attempt, Instant claimedAt) {
        Criteria listed = Criteria.where(Workers.ATTEMPTS).is(Workers.stored(attempt));
        Criteria unlisted = Criteria.where(Workers.IN_FLIGHT).gt(Heartbeat.MAX_ATTEMPTS);
        Criteria early = Criteria.where(Workers.LAST_HEARTBEAT).lt(claimedAt.plus(DELAY));
        Query running = Workers.byName(worker)
            .addCriteria(
                    Criteria.where(Workers.LAST_HEARTBEAT).gte(this.clock.instant().minus(this.settings.lostAfter())))
            .addCriteria(new Criteria().orOperator(listed, unlisted, early));
        return this.mongo.exists(running, Workers.COLLECTION);
    }

}
