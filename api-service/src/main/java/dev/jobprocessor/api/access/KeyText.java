package dev.jobprocessor.api.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@value #PREFIX}, {@value #RANDOM} random characters (178 bits)
 * and their CRC-32, all in base 62. The checksum tells a mistyped key, and lets scanners
 * for leaked secrets tell a key from other texts.
 */
record KeyText(String value) {

    static final String PREFIX = "jp_";

    private static final int RANDOM = 30;

    private static final int CHECKSUM = 6;

    private static final int SHOWN = PREFIX.length() + 4;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final Pattern FORM = Pattern.compile("jp_[0-9A-Za-z]{36}");

    static KeyText random(SecureRandom random) {
        StringBuilder text = new StringBuilder(RANDOM);
        for (int i = 0; i < RANDOM; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new KeyText(PREFIX + text + checksum(text.toString()));
    }

    boolean isWellFormed() {
        int end = PREFIX.length() + RANDOM;
        return FORM.matcher(this.value).matches()
                && this.value.substring(end).equals(checksum(this.value.substring(PREFIX.length(), end)));
    }

    /** What is stored in its place: SHA-256, in hexadecimal. */
    String hash() {
        return Sha256.of(this.value);
    }

    /** Enough of it to recognize it by. */
    String start() {
        return this.value.substring(0, SHOWN);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM];
        long rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return "KeyText[***]";
    }

}
