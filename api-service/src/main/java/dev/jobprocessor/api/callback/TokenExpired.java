package dev.jobprocessor.api.callback;

import java.net.URI;
import java.time.Instant;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A token of a callbackUrl that was accepted once. Returned as 401. */
class TokenExpired extends ErrorResponseException {

    TokenExpired(Instant expiry) {
        super(HttpStatus.UNAUTHORIZED);
        setType(WebhookGuard.UNAUTHORIZED);
        setDetail("The token of the callbackUrl expired at %s.".formatted(expiry));
    }

}
