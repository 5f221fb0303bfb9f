package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param prompt trimmed as JavaScript's {@code trim()} does, then 1 to 5,000 UTF-16 code
 * units
 * @param timeoutSeconds how long an attempt may take from its start, or from its last
 * progress, to its report, and how long after its first deferral it may be deferred: 1 to
 * 86,400; where it is absent, {@link JobSettings#deadline} and
 * {@link JobSettings#deferralDeadline}
 * @param retry how often it is tried where an attempt fails; where it is absent, as
 * {@link RetrySettings} say
 * @param queue which workers work it, one of {@link JobQueues}; null for the default
 * @param runAt when it becomes due, at most 365 days ahead; at once where it is absent or
 * up to a minute ago
 * @param expiresAt until when a worker may start it, after {@code runAt}; where none did,
 * it finishes as FAILED, errorCode expired. A user's retry is due at once and does not
 * expire
 * @param priority {@code high}: it overtakes what waits in its queue, as far as the
 * broker can; null for normal
 * @param metadata at most 16 pairs to find the job by; a key has 1 to 64 characters, none
 * of them a control character, a point, a dollar or an equals sign, and a value at most
 * 512; null where there are none
 * @param tags at most 10 words to find the job by, each of 1 to 64 characters, none of
 * them a control character; null where there are none
 * @param webhook where the end of the job is notified; null where it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobRequest(
        @NotNull(message = "{job.prompt.missing}") @Size(min = 1, max = JobRequest.MAX_LENGTH,
                message = "{job.prompt.size}") @Pattern(regexp = JobRequest.WHOLE_CHARACTERS,
                        message = "{job.prompt.characters}") @Nullable String prompt,
        @Min(value = 1, message = "{job.timeout}") @Max(value = JobRequest.MAX_TIMEOUT_SECONDS,
                message = "{job.timeout}") @Nullable Integer timeoutSeconds,
        @Valid @Nullable RetryPolicy retry, @KnownQueue @Nullable String queue, @Nullable Instant runAt,
        @Nullable Instant expiresAt,
        @Pattern(regexp = JobRequest.NORMAL + "|" + JobRequest.HIGH,
                message = "{job.priority}") @Nullable String priority,
        @JobLabels.Valid(message = "{job.metadata}") @Nullable Map<String, String> metadata,
        @JobLabels.Valid(message = "{job.tags}") @Nullable List<String> tags, @Valid @Nullable JobWebhook webhook) {

    static final String NORMAL = "normal";

    static final String HIGH = "high";

    public static final int MAX_LENGTH = 5000;

    static final int MAX_TIMEOUT_SECONDS = 86_400;

    /** Half a surrogate pair cannot be stored or sent as UTF-8. */
    static final String WHOLE_CHARACTERS = "[^\\p{Cs}]*";

    /**
     * Enough to refuse a longer prompt by, even where a pair of surrogates is cut off.
     */
    private static final int KEPT_LENGTH = MAX_LENGTH + 2;

    /** What is later cannot be stored. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    public JobRequest {
        prompt = (prompt != null) ? Prefix.of(trimmed(prompt), KEPT_LENGTH) : null;
        queue = JobQueues.DEFAULT.equals(queue) ? null : queue;
        runAt = (runAt != null) ? storable(runAt) : null;
        expiresAt = (expiresAt != null) ? storable(expiresAt) : null;
        priority = NORMAL.equals(priority) ? null : priority;
        metadata = (metadata != null && !metadata.isEmpty()) ? new TreeMap<>(metadata) : null;
        tags = (tags != null && !tags.isEmpty()) ? tags.stream().distinct().toList() : null;
    }

    /** Without options. */
    public static JobRequest of(@Nullable String prompt) {
        return new JobRequest(prompt, null, null, null, null, null, null, null, null, null);
    }

    @Nullable Duration timeout() {
        return (this.timeoutSeconds != null) ? Duration.ofSeconds(this.timeoutSeconds) : null;
    }

    public JobSchedule schedule() {
        return new JobSchedule(this.runAt, this.expiresAt);
    }

    /** In milliseconds, as it is stored and compared. */
    public static Instant storable(Instant time) {
        if (time.isAfter(LATEST)) {
            return LATEST;
        }
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        int start = 0;
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start, end);
    }

    /** JavaScript's white space and line terminators. */
    private static boolean isSpace(char character) {
        return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r') || character == '\uFEFF';
    }

}
