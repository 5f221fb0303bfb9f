package dev.jobprocessor.api.retention;

import java.time.Duration;
import java.time.Instant;

import org.bson.types.ObjectId;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Whichever instance holds it deletes jobs, until it has not renewed it in time. */
@Component
class RetentionLease {

    static final String COLLECTION = "job-retention";

    /** Longer than any batch takes, and than an instance rests. */
    static final Duration DURATION = Duration.ofMinutes(3);

    private static final String ID = "lease";

    private static final String HOLDER = "holder";

    private static final String UNTIL = "until";

    private final ObjectId instance = new ObjectId();

    private final MongoOperations mongo;

    RetentionLease(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Takes or renews it; false where another instance holds it. */
    boolean take(Instant now) {
        Update mine = Update.update(HOLDER, this.instance).set(UNTIL, now.plus(DURATION));
        return this.mongo.updateFirst(lease().addCriteria(Criteria.where(HOLDER).is(this.instance)), mine, COLLECTION)
            .getMatchedCount() == 1 || takeOver(now, mine);
    }

    private boolean takeOver(Instant now, Update mine) {
        try {
            this.mongo.upsert(lease().addCriteria(Criteria.where(UNTIL).not().gt(now)), mine, COLLECTION);
            return true;
        }
        catch (DuplicateKeyException ex) {
            return false; // another instance holds it
        }
    }

    private static Query lease() {
        return Query.query(Criteria.where("_id").is(ID));
    }

}
