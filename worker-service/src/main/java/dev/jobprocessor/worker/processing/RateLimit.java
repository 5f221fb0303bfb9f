package dev.jobprocessor.worker.processing;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What a worker may ask of a provider in a minute.
 *
 * @param requests calls; null for as many as the provider accepts
 * @param tokens tokens of prompts and answers together; null for as many as there are
 */
record RateLimit(@Nullable @Positive Integer requests, @Nullable @Positive Integer tokens) {

    static final RateLimit NONE = new RateLimit(null, null);

}
