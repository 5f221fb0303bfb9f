package dev.jobprocessor.api.submission;

import java.util.Objects;

import dev.jobprocessor.api.database.DatabaseErrors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * What all instances have taken of each submitter's quota of a minute: a document for a
 * submitter, and never more than the quota.
 */
@Component
class TakenQuotas {

    static final String COLLECTION = "submission-quotas";

    private static final String ID = "_id";

    private static final String MINUTE = "minute";

    private static final String TAKEN = "taken";

    /**
     * Each repetition is caused by another instance that took some or began the minute.
     */
    private static final int MAX_TRIES = 10;

    private final MongoOperations mongo;

    private final DatabaseErrors errors;

    TakenQuotas(MongoOperations mongo, DatabaseErrors errors) {
        this.mongo = mongo;
        this.errors = errors;
    }

    /**
     * Takes a share of a minute's quota, or of a later minute's where another instance's
     * clock is ahead. While the database is unavailable it gives what is asked for: no
     * call is refused for what cannot be known, which stores its jobs or fails by itself.
     * @param least the least that is of use: otherwise nothing is taken
     * @param most at least {@code least}
     */
    Share take(String submitter, long minute, int quota, int least, int most) {
        try {
            return taken(submitter, minute, quota, least, Math.min(most, quota));
        }
        catch (DataAccessException ex) {
            this.errors.report("The quota of a submitter is not applied", ex);
            return new Share(minute, most, quota);
        }
    }

    private Share taken(String submitter, long minute, int quota, int least, int most) {
        int wanted = most;
        for (int tries = 0; tries < MAX_TRIES && wanted >= least; tries++) {
            Document taken = increment(submitter, minute, quota, wanted);
            taken = (taken != null) ? taken : begin(submitter, minute, wanted);
            if (taken != null) {
                return share(taken, quota, wanted);
            }
            Document others = Objects.requireNonNullElse(this.mongo.findById(submitter, Document.class, COLLECTION),
                    new Document());
            if (others.get(MINUTE, 0L) >= minute) {
                wanted = Math.min(wanted, quota - others.get(TAKEN, 0));
                if (wanted < least) {
                    return share(others, quota, 0);
                }
            }
        }
        return new Share(minute, 0, 0);
    }

    private @Nullable Document increment(String submitter, long minute, int quota, int wanted) {
        return this.mongo.findAndModify(
                Query.query(Criteria.where(ID).is(submitter).and(MINUTE).gte(minute).and(TAKEN).lte(quota - wanted)),
                new Update().inc(TAKEN, wanted), FindAndModifyOptions.options().returnNew(true), Document.class,
                COLLECTION);
    }

    /** Null where this minute, or a later one, has begun. */
    private @Nullable Document begin(String submitter, long minute, int wanted) {
        try {
            this.mongo.upsert(Query.query(Criteria.where(ID).is(submitter).and(MINUTE).lt(minute)),
                    Update.update(MINUTE, minute).set(TAKEN, wanted), COLLECTION);
            return new Document(MINUTE, minute).append(TAKEN, wanted);
        }
        catch (DuplicateKeyException ex) {
            return null;
        }
    }

    private static Share share(Document taken, int quota, int jobs) {
        return new Share(taken.getLong(MINUTE), jobs, Math.max(0, quota - taken.getInteger(TAKEN)));
    }

    /**
     * A share of a submitter's quota.
     *
     * @param minute since 1970
     * @param jobs how many may be submitted by it
     * @param left what all instances have not taken yet
     */
    record Share(long minute, int jobs, int left) {
    }

}
