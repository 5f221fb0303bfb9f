package dev.jobprocessor.worker.callback;

/** What became of a call of the webhook. */
sealed interface Reply {

    /** The API knows how the attempt finished. */
    record Settled() implements Reply {
    }

    /** The API will never accept this callback. */
    record Refused(String reason) implements Reply {
    }

    /** Another server responded: the API may accept this callback later. */
    record Foreign(String reason) implements Reply {
    }

    /** The API may accept this callback later. */
    record Unavailable(String reason) implements Reply {
    }

}
