package dev.jobprocessor.api.jobs;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What failures have in common that differ in numbers and ids alone: the code, and the
 * error with {@code #} in their places.
 */
final class FailureSignature {

    static final int MAX_LENGTH = 200;

    private static final Pattern UUID = Pattern
        .compile("(?<![0-9a-fA-F])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![0-9a-fA-F])");

    /** A word so long that has digits. */
    private static final Pattern ID = Pattern.compile("(?<![A-Za-z0-9])(?=[A-Za-z]*+[0-9])[A-Za-z0-9]{8,}+");

    /** Also one with a fraction, a time, an address or a version. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]++(?:[.:][0-9]++)*+");

    private static final Pattern SPACE = Pattern.compile("\\s++");

    private FailureSignature() {
    }

    static @Nullable String of(@Nullable String errorCode, @Nullable String error) {
        return (errorCode != null && error != null) ? Prefix.of(errorCode + ": " + folded(error), MAX_LENGTH).strip()
                : null;
    }

    private static String folded(String error) {
        String withoutIds = ID.matcher(UUID.matcher(error).replaceAll("#")).replaceAll("#");
        return SPACE.matcher(NUMBER.matcher(withoutIds).replaceAll("#")).replaceAll(" ").strip();
    }

}
