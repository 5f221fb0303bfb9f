package dev.jobprocessor.api.callback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.standardwebhooks.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a signed callback, in the form that
 * <a href="https://github.com/standard-webhooks/standard-webhooks">Standard Webhooks</a>
 * describes. Whether the signature is authentic is another question.
 *
 * @param id 1 to 256 characters
 * @param timestamp seconds since 1970
 * @param signatures separated by spaces, one of them of version 1; up to 1,024 characters
 */
record SignatureHeaders(String id, long timestamp, String signatures) {

    /** How far a timestamp may be from now, before and after. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private static final Pattern TIMESTAMP = Pattern.compile("[1-9]\\d{0,11}");

    private static final Pattern SIGNATURES = Pattern
        .compile("(?=.{1,1024}$)(?:\\S+ )*v1,[A-Za-z0-9+/]{43}=(?: \\S+)*");

    /** Returns null where one is missing or malformed. */
    static @Nullable SignatureHeaders of(HttpServletRequest request) {
        String id = matching(ID, request.getHeader(Webhook.UNBRANDED_MSG_ID_KEY));
        String timestamp = matching(TIMESTAMP, request.getHeader(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY));
        String signatures = matching(SIGNATURES, request.getHeader(Webhook.UNBRANDED_MSG_SIGNATURE_KEY));
        return (id != null && timestamp != null && signatures != null)
                ? new SignatureHeaders(id, Long.parseLong(timestamp), signatures) : null;
    }

    private static @Nullable String matching(Pattern form, @Nullable String header) {
        return (header != null && form.matcher(header).matches()) ? header : null;
    }

    boolean isCurrent(Instant now) {
        return Math.abs(now.getEpochSecond() - this.timestamp) <= TOLERANCE.toSeconds();
    }

    /** As the library takes them. */
    Map<String, List<String>> toMap() {
        return Map.of(Webhook.UNBRANDED_MSG_ID_KEY, List.of(this.id), Webhook.UNBRANDED_MSG_TIMESTAMP_KEY,
                List.of(String.valueOf(this.timestamp)), Webhook.UNBRANDED_MSG_SIGNATURE_KEY, List.of(this.signatures));
    }

}
