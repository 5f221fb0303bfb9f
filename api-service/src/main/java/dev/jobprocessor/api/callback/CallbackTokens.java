package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

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

    private final byte[] key;

    /** The key is derived: it does not reveal the secret. */
    CallbackTokens(WebhookSettings settings) {
        this.key = hmac(settings.secret().getBytes(StandardCharsets.UTF_8), "callback token");
    }

    String of(String job, int attempt) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(this.key, job + ":" + attempt));
    }

    /** Compares in constant time. */
    boolean matches(String token, String job, int attempt) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
                of(job, attempt).getBytes(StandardCharsets.UTF_8));
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
