package dev.jobprocessor.api.bulk;

import java.time.Instant;

import dev.jobprocessor.api.database.PageCursor;

/**
 * A job of a batch.
 *
 * @param attempt the one that the batch is about
 */
record BulkJob(String id, int attempt, Instant createdAt) {

    PageCursor cursor() {
        return new PageCursor(this.createdAt, this.id);
    }

}
