package dev.jobprocessor.api.waits;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The preference {@code wait} of RFC 7240: how long a client would wait for its response.
 *
 * @param seconds at most {@value #MAX_SECONDS}
 */
record PreferredWait(int seconds) {

    /** The request header that has it. */
    static final String HEADER = "Prefer";

    /** The response header that says that it was applied. */
    static final String APPLIED = "Preference-Applied";

    static final int MAX_SECONDS = 60;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

    private static final String WORD = "(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\")";

    private static final String VALUE = "(?:\\s*+=\\s*+" + WORD + "?+)?+";

    private static final Pattern PREFERENCE = Pattern.compile("\\G\\s*+(?:(?<name>" + TOKEN + ")(?:\\s*+=\\s*+(?<value>"
            + WORD + ")?+)?+(?:\\s*+;\\s*+(?:" + TOKEN + VALUE + ")?+)*+\\s*+)?+(?:,|$)");

    private static final Pattern SECONDS = Pattern.compile("\"?(\\d+)\"?");

    /**
     * Finds the first one, which alone counts; one that is malformed is none.
     * @param headers all that the request has
     */
    static Optional<PreferredWait> of(Collection<String> headers) {
        Matcher preference = PREFERENCE.matcher(String.join(",", headers));
        while (preference.find()) {
            if ("wait".equalsIgnoreCase(preference.group("name"))) {
                return ofValue(preference.group("value"));
            }
        }
        return Optional.empty();
    }

    private static Optional<PreferredWait> ofValue(@Nullable String value) {
        Matcher seconds = SECONDS.matcher((value != null) ? value : "");
        return seconds.matches() ? Optional.of(new PreferredWait(capped(seconds.group(1)))) : Optional.empty();
    }

    private static int capped(String digits) {
        String significant = digits.replaceFirst("^0+", "");
        return (significant.length() > 2) ? MAX_SECONDS : Math.min(Integer.parseInt("0" + significant), MAX_SECONDS);
    }

    Duration time() {
        return Duration.ofSeconds(this.seconds);
    }

    /** What {@value #APPLIED} says. */
    String applied() {
        return "wait=" + this.seconds;
    }

}
