package dev.jobprocessor.api.access;

import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * The issuer cannot be reached, so nobody knows whether a token is its own: returned as
 * 503.
 */
class IssuerUnavailable extends AuthenticationServiceException {

    IssuerUnavailable(Throwable cause) {
        super("The issuer is unavailable", cause);
    }

    IssuerUnavailable() {
        super("The issuer is unavailable");
    }

}
