package dev.jobprocessor.api.bulk;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.JobAction;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Something that is done to all jobs that matched a filter when this was requested.
 *
 * @param requestedBy null where access was open
 * @param total how many jobs matched
 * @param done to how many it was done
 * @param skipped how many no longer were in a state that allows it
 * @param last where the last batch ended, each of which follows the one before
 * @param due when the next batch is, unless an instance that leased it has done it; null
 * once there is none
 * @param lease of whichever instance works at it
 * @param batch the jobs of a batch that is in flight, or that an instance left unfinished
 */
@Document(BulkOperation.COLLECTION)
record BulkOperation(String id, JobAction action, BulkFilter filter, @Nullable String requestedBy, Instant requestedAt,
        State state, long total, long done, long skipped, @Nullable PageCursor last, @Nullable Instant due,
        @Nullable ObjectId lease, @Nullable List<BulkJob> batch, @Nullable Instant endedAt) {

    static final String COLLECTION = "bulk-operations";

    static BulkOperation requested(JobAction action, BulkFilter filter, @Nullable String requestedBy, Instant now,
            long total) {
        return new BulkOperation(new ObjectId().toHexString(), action, filter, requestedBy, now, State.RUNNING, total,
                0, 0, null, now, null, null, null);
    }

    /** Whether there may be jobs that it has not come to. */
    enum State {

        RUNNING, FINISHED, CANCELLED;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
