package dev.jobprocessor.worker.processing;

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

    /** Somebody else does the work and tells the webhook. */
    record Delegated() implements Outcome {
    }

}
