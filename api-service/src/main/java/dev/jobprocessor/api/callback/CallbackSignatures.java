package dev.jobprocessor.api.callback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Verifies callbacks that are signed as Standard Webhooks says, with one of the secrets.
 * A signature is accepted for five minutes. It covers the body alone, which therefore has
 * to name the job: a URL with a query is none of a signed callback. Of a caller whose
 * headers cannot be those of a signature, no body is read.
 */
@Component
class CallbackSignatures {

    /** Of the request, where its signature was verified. */
    static final String SIGNED = "dev.jobprocessor.api.callback.signed";

    /** Newest first. */
    private final List<Webhook> secrets;

    private final UnverifiedBodies bodies = new UnverifiedBodies();

    private final Clock clock;

    CallbackSignatures(WebhookSettings settings, Clock clock) {
        this.secrets = settings.accepted().stream().map(CallbackSignatures::webhook).toList();
        this.clock = clock;
    }

    private static Webhook webhook(String secret) {
        return secret.startsWith(Webhook.SECRET_PREFIX) ? new Webhook(secret)
                : new Webhook(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the index of the secret that a callback is signed with, or -1. Its body can
     * be read again.
     * @throws UnverifiedBodies.TooMany if others are verified now
     * @throws IOException if the body is refused, or its connection broke
     */
    int indexOf(HttpServletRequest request) throws IOException {
        ReplayedRequest replayed = WebUtils.getNativeRequest(request, ReplayedRequest.class);
        SignatureHeaders headers = SignatureHeaders.of(request);
        if (replayed == null || headers == null || !headers.isCurrent(this.clock.instant())
                || request.getQueryString() != null || request.getContentLengthLong() > UnverifiedBodies.MAX_BYTES) {
            return -1;
        }
        return this.bodies.read(request, (body) -> {
            // What is parsed is what was verified, whatever bytes are no UTF-8.
            replayed.replay(body.getBytes(StandardCharsets.UTF_8));
            return indexOf(body, headers);
        });
    }

    private int indexOf(String body, SignatureHeaders headers) {
        for (int i = 0; i < this.secrets.size(); i++) {
            if (isSigned(this.secrets.get(i), body, headers)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSigned(Webhook secret, String body, SignatureHeaders headers) {
        try {
            secret.verify(body, headers.toMap());
            return true;
        }
        catch (WebhookVerificationException ex) {
            return false;
        }
    }

}
