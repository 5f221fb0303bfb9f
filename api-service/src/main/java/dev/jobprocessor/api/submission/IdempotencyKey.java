package dev.jobprocessor.api.submission;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A client's name for a call, which is executed once however often it is sent.
 *
 * @param owner who sent it: the same key of others is another; null where access is open
 * @param value without the quotes that the header may have: the draft's value is a quoted
 * string, most clients send it bare, and both are the same key
 */
record IdempotencyKey(@Nullable String owner, String value) {

    /** A bare key, or a structured field's string (RFC 9651, section 3.3.3). */
    static final String PATTERN = "(?!\"\"$)(?:[!-~]{1,255}|\"[ -~]{1,253}\")";

    private static final Pattern QUOTED = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])+\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    static @Nullable IdempotencyKey parse(@Nullable String owner, @Nullable String header) {
        return (header != null) ? new IdempotencyKey(owner, unquoted(header)) : null;
    }

    private static String unquoted(String header) {
        return QUOTED.matcher(header).matches()
                ? ESCAPED.matcher(header.substring(1, header.length() - 1)).replaceAll("$1") : header;
    }

    /** The stored key of the call's job at this position; no value has line breaks. */
    String at(int position) {
        return ((this.owner != null) ? this.owner + "\n" : "") + this.value + "#" + position;
    }

}
