package dev.jobprocessor.api.jobs;

/** An idempotency key was already used for other prompts. */
class IdempotencyConflict extends RuntimeException {

    IdempotencyConflict() {
        super("This Idempotency-Key was used before, with another prompt.");
    }

}
