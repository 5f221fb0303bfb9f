package dev.jobprocessor.worker.callback;

import java.time.Instant;

/** Whether an attempt may start. */
public sealed interface JobStart {

    /**
     * It may, for this claim alone.
     *
     * @param claim identifies the claim
     * @param deadline when the API times the attempt out unless it is reported
     * @param callbackUrl where it can be reported without the secret
     * @param outputOffset where what it writes begins, behind what others wrote that
     * worked the attempt before
     */
    record Granted(String claim, Instant deadline, String callbackUrl, long outputOffset) implements JobStart {
    }

    /** It may not: it is cancelled, finished, or claimed by another worker. */
    record Refused(String reason) implements JobStart {
    }

    /** The API was unavailable. */
    record Unavailable(String reason) implements JobStart {
    }

}
