package dev.jobprocessor.worker.callback;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Whether an attempt may be worked. */
public sealed interface JobStart {

    /**
     * It may, by this claim alone.
     *
     * @param deadline when the API gives it up unless it is reported
     * @param deferredSince when it was deferred first; null where it never was
     * @param callbackUrl where it can be reported without the secret
     */
    record Granted(Instant deadline, @Nullable Instant deferredSince, String callbackUrl) implements JobStart {
    }

    /** It may not: it is cancelled, settled, or another's. */
    record Refused(String reason) implements JobStart {
    }

    /** The API did not decide for a while. */
    record Unanswered(String reason) implements JobStart {
    }

}
