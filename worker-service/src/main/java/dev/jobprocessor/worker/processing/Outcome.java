package dev.jobprocessor.worker.processing;

import java.time.Duration;

/** What became of a job. */
public sealed interface Outcome {

    /** The work is done. */
    record Completed(String result) implements Outcome {
    }

    /**
     * The work cannot be done.
     *
     * @param error a sentence for the user
     */
    record Failed(String error) implements Outcome {
    }

    /**
     * The work was not done, but can be later: no attempt is used up.
     *
     * @param retryAfter when to try again, from now on
     * @param reason a sentence for the user
     */
    record Deferred(Duration retryAfter, String reason) implements Outcome {
    }

    /** Somebody else does the work and tells the webhook. */
    record Delegated() implements Outcome {
    }

}
