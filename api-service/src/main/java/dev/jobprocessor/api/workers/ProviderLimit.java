package dev.jobprocessor.api.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Why a worker starts fewer jobs of a queue than it could.
 *
 * @param millis how long after its heartbeat it starts none; 0 where it starts some
 * @param calls how many are in flight at most; null where the limit is another
 * @param limitedForSeconds how long the provider has accepted no call; 0 where it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProviderLimit(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull String reason,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @PositiveOrZero long millis,
        @PositiveOrZero @Nullable Integer calls,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @PositiveOrZero long limitedForSeconds) {

    private static final int MAX_REASON = 500;

    ProviderLimit {
        reason = (reason != null && reason.length() > MAX_REASON) ? reason.substring(0, MAX_REASON) : reason;
    }

}
