package dev.jobprocessor.api.queues;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A queue as clients and workers see it.
 *
 * @param paused whether no job of it may start
 */
@Schema(name = "Queue")
record QueueView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) boolean paused) {
}
