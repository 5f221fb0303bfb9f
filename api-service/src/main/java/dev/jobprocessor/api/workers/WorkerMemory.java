package dev.jobprocessor.api.workers;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.PositiveOrZero;

/** How much of its heap a worker uses, in bytes. */
record WorkerMemory(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @PositiveOrZero long used,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @PositiveOrZero long max) {
}
