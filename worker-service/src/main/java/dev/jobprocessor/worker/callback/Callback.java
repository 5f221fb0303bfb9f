package dev.jobprocessor.worker.callback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.worker.broker.JobMessage;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt at a job finished: the body of the webhook call and of the parked
 * message.
 *
 * @param start null where the API granted it, and in messages of older versions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Callback(String jobId, int attempt, Status status, @Nullable String result, @Nullable String error,
        @Nullable Usage usage, @Nullable String errorCode, @Nullable Boolean retryable,
        @Nullable Long retryAfterSeconds, @Nullable Long giveUpAfterSeconds, @Nullable String claim,
        @Nullable Start start) implements JobMessage {

    static final int MAX_RESULT_BYTES = 1024 * 1024;

    private static final long MAX_RETRY_AFTER_SECONDS = Duration.ofDays(1).toSeconds();

    private static final int MAX_ID_LENGTH = 100;

    private static final int MAX_ERROR_LENGTH = 1000;

    public Callback {
        if (jobId == null || jobId.length() > MAX_ID_LENGTH || attempt < 1 || status == null) {
            throw new IllegalArgumentException("jobId, attempt or status is missing or not one");
        }
    }

    /**
     * The attempt's result, or its failure where the result exceeds the API's limit.
     * @param usage what a model used for it; null where it is unknown
     */
    public static Callback completed(String jobId, int attempt, String result, @Nullable Usage usage) {
        if (encodedLength(result) > MAX_RESULT_BYTES) {
            return failed(jobId, attempt, "The result is larger than 1 MiB", ErrorCode.RESULT_TOO_LARGE);
        }
        return new Callback(jobId, attempt, Status.COMPLETED, wellFormed(result), null, usage, null, null, null, null,
                null, null);
    }

    /**
     * The attempt's failure.
     * @param error a sentence for the user, shortened where it is longer than 1000
     * characters
     * @param code the same for programs
     */
    public static Callback failed(String jobId, int attempt, String error, ErrorCode code) {
        return new Callback(jobId, attempt, Status.FAILED, null, shortened(error), null, code.code(),
                code.isRetryable(), null, null, null, null);
    }

    /**
     * The attempt's deferral: the API publishes it again, as the same attempt.
     * @param claim by which it was started: the API refuses the deferral if another one
     * is in force; null where it was started without
     * @param retryAfter when, rounded up to a second, between one second and a day
     * @param giveUpAfter how long it may be deferred for such a reason, rounded up to a
     * second; null for as long as for any
     * @param reason a sentence for the user, shortened like an error
     */
    public static Callback deferred(String jobId, int attempt, @Nullable String claim, Duration retryAfter,
            @Nullable Duration giveUpAfter, String reason) {
        long seconds = Math.clamp(roundedUp(retryAfter), 1, MAX_RETRY_AFTER_SECONDS);
        Long bound = (giveUpAfter != null) ? Math.min(roundedUp(giveUpAfter), Integer.MAX_VALUE) : null;
        return new Callback(jobId, attempt, Status.DEFERRED, null, shortened(reason), null, null, null, seconds, bound,
                claim, null);
    }

    private static long roundedUp(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }

    /** The same with the start of the attempt, which the API may not have heard of. */
    public Callback with(@Nullable Start start) {
        return new Callback(this.jobId, this.attempt, this.status, this.result, this.error, this.usage, this.errorCode,
                this.retryable, this.retryAfterSeconds, this.giveUpAfterSeconds, this.claim, start);
    }

    Callback refused(String reason) {
        return failed(this.jobId, this.attempt, reason, ErrorCode.RESULT_REFUSED).with(this.start);
    }

    private static String shortened(String error) {
        String shortened = (error.length() <= MAX_ERROR_LENGTH) ? error
                : error.substring(0, MAX_ERROR_LENGTH - 1) + "…";
        return wellFormed(shortened);
    }

    /** Without unpaired surrogates, which no JSON writer accepts. */
    private static String wellFormed(String text) {
        boolean unpaired = text.codePoints().anyMatch((point) -> point >= 0xD800 && point <= 0xDFFF);
        return unpaired ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) : text;
    }

    private static long encodedLength(String text) {
        return text.codePoints().mapToLong(Callback::encodedLength).sum();
    }

    /** An unpaired surrogate is encoded as a question mark. */
    private static long encodedLength(int point) {
        if (point < 0x80 || point >= 0xD800 && point <= 0xDFFF) {
            return 1;
        }
        return (point < 0x800) ? 2 : (point < 0x10000) ? 3 : 4;
    }

    /**
     * That a worker started the attempt.
     *
     * @param worker its name
     * @param at by its clock
     */
    public record Start(String worker,
            @JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm:ss.SSSX", timezone = "UTC") Instant at) {
    }

    enum Status {

        COMPLETED, FAILED, DEFERRED

    }

}
