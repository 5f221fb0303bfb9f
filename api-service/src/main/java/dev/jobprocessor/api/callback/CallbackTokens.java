package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;

/**
 * Tokens that authorize a workflow to report one attempt of one job, and nothing else. A
 * token is void once its attempt has finished.
 */
@Component
class CallbackTokens {

    static final String JOB = "job";

    static final String ATTEMPT = "attempt";

    static final String TOKEN = "token";

    private static final String ALGORITHM = "HmacSHA256";

    /** Newest first. */
    private final List<byte[]> keys;

    /** Keys are derived: none reveals its secret. */
    CallbackTokens(WebhookSettings settings) {
        this.keys = settings.accepted()
            .stream()
            .map((secret) -> hmac(secret.getBytes(StandardCharsets.UTF_8), "callback token"))
            .toList();
    }

    /** By the newest secret. */
    String of(String job, int attempt) {
        return of(this.keys.getFirst(), job, attempt);
    }

    /** Returns the index of the secret that it was made with, or -1. */
    int indexOf(String token, String job, int attempt) {
        return WebhookSecrets.indexOf(this.keys.stream().map((key) -> of(key, job, attempt)).toList(), token);
    }

    private static String of(byte[] key, String job, int attempt) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, job + ":" + attempt));
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
