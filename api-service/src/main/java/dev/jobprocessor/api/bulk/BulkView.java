package dev.jobprocessor.api.bulk;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.bulk.BulkOperation.State;
import dev.jobprocessor.api.jobs.JobAction;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A {@link BulkOperation}, as clients see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = { "id", "action", "filter", "requestedAt", "state", "total", "done", "skipped" })
record BulkView(String id, JobAction action, BulkFilter filter, @Nullable String requestedBy, Instant requestedAt,
        State state, long total, long done, long skipped, @Nullable Instant endedAt) {

    static BulkView of(BulkOperation operation) {
        return new BulkView(operation.id(), operation.action(), operation.filter(), operation.requestedBy(),
                operation.requestedAt(), operation.state(), operation.total(), operation.done(), operation.skipped(),
                operation.endedAt());
    }

}
