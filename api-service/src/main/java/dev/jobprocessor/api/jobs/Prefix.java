package dev.jobprocessor.api.jobs;

/**
 * The beginning of a text, never ending in half a surrogate pair, which no UTF-8 can
 * carry.
 */
public final class Prefix {

    private Prefix() {
    }

    public static String of(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(maxLength - 1));
        return text.substring(0, splitsPair ? maxLength - 1 : maxLength);
    }

}
