package dev.jobprocessor.api.bulk;

import dev.jobprocessor.api.database.PageCursor;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Update;

/**
 * What became of a batch.
 *
 * @param last where it ended; null where it had no job
 * @param isLast whether no job is left
 */
record BulkBatch(int done, int skipped, @Nullable PageCursor last, boolean isLast) {

    Update counted() {
        Update counted = new Update().inc("done", this.done).inc("skipped", this.skipped);
        return (this.last != null) ? counted.set("last", this.last) : counted;
    }

}
