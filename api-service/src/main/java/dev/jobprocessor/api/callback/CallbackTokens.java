package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tokens that authorize a workflow to report one attempt of one job, and nothing else,
 * until they expire. What they may still do before depends on the attempt: one that was
 * reported takes no other report, and one that timed out takes a late result, which is
 * why a token outlives the deadline.
 */
@Component
class CallbackTokens {

    static final String JOB = "job";

    static final String ATTEMPT = "attempt";

    static final String TOKEN = "token";

    private static final String ALGORITHM = "HmacSHA256";

    /** Earlier versions made tokens that do not expire. */
    private static final Pattern FORM = Pattern.compile("(?:([1-9]\\d{0,11})\\.)?([\\w-]{43})");

    private static final Pattern IN_TEXT = Pattern.compile("((?<![A-Za-z])" + TOKEN + "(?:=|%3D))[\\w.-]+",
            Pattern.CASE_INSENSITIVE);

    /** Newest first. */
    private final List<byte[]> keys;

    private final Duration grace;

    private final Clock clock;

    /** Keys are derived: none reveals its secret. */
    CallbackTokens(WebhookSettings settings, Clock clock) {
        this.keys = settings.accepted()
            .stream()
            .map((secret) -> hmac(secret.getBytes(StandardCharsets.UTF_8), "callback token"))
            .toList();
        this.grace = settings.tokenGrace();
        this.clock = clock;
    }

    /**
     * Made with the newest secret.
     * @param deadline when the attempt times out unless it is reported
     */
    String of(String job, int attempt, Instant deadline) {
        String expiry = String.valueOf(deadline.plus(this.grace).getEpochSecond());
        return expiry + "." + signature(this.keys.getFirst(), job, attempt, expiry);
    }

    /**
     * Returns the index of the secret that it was made with, or -1, whether it has
     * expired or not.
     */
    int indexOf(String token, String job, int attempt) {
        Matcher form = FORM.matcher(token);
        return form.matches() ? WebhookSecrets.indexOf(
                this.keys.stream().map((key) -> signature(key, job, attempt, form.group(1))).toList(), form.group(2))
                : -1;
    }

    /** Returns when an authentic token expired, or null while it is accepted. */
    @Nullable Instant expired(String token) {
        Matcher form = FORM.matcher(token);
        if (!form.matches() || form.group(1) == null) {
            return null;
        }
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(form.group(1)));
        return this.clock.instant().isBefore(expiry) ? null : expiry;
    }

    /** A text of a workflow with the tokens of the URLs that it quotes masked. */
    static String mask(String text) {
        return IN_TEXT.matcher(text).replaceAll("$1***");
    }

    private static String signature(byte[] key, String job, int attempt, @Nullable String expiry) {
        String signed = ((expiry != null) ? expiry + ":" : "") + job + ":" + attempt;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, signed));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
        }
    }

}
