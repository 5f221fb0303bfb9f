package dev.jobprocessor.worker.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a queue starts fewer jobs than it could.
 *
 * @param millis how long none starts; 0 where some do
 * @param calls how many are in flight at most; null where the limit is another
 * @param limitedForSeconds how long the provider has accepted no call; 0 where it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderLimit(String reason, long millis, @Nullable Integer calls, long limitedForSeconds) {
}
