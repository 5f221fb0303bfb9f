package dev.jobprocessor.worker.processing;

import java.time.Duration;

import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.callback.Usage;
import org.jspecify.annotations.Nullable;

/** Outcome of an attempt. */
public sealed interface Outcome {

    /** Longer reasons are cut: providers may send anything. */
    int MAX_SENTENCE_LENGTH = 1000;

    /**
     * The work is done.
     *
     * @param usage what a model used for it; null where it is unknown
     */
    record Completed(String result, @Nullable Usage usage) implements Outcome {

        public Completed(String result) {
            this(result, null);
        }

    }

    /**
     * The work cannot be done.
     *
     * @param error a sentence for the user
     * @param code the same for programs
     */
    record Failed(String error, ErrorCode code) implements Outcome {

        public Failed {
            error = shortened(error);
        }

    }

    /**
     * The work was not done, but can be later: no attempt is used up.
     *
     * @param retryAfter when to try again, from now on
     * @param giveUpAfter how long a job may be deferred for such a reason, before it
     * finishes as FAILED; null for as long as for any
     * @param reason a sentence for the user
     */
    record Deferred(Duration retryAfter, @Nullable Duration giveUpAfter, String reason) implements Outcome {

        public Deferred {
            reason = shortened(reason);
        }

    }

    /** A workflow does the work and calls the webhook. */
    record Delegated() implements Outcome {
    }

    private static String shortened(String sentence) {
        return (sentence.length() <= MAX_SENTENCE_LENGTH) ? sentence
                : sentence.substring(0, MAX_SENTENCE_LENGTH - 1) + "…";
    }

}
