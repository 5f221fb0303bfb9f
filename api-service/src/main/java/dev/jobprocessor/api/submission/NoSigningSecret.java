package dev.jobprocessor.api.submission;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Jobs have a webhook whose receiver could not verify what is sent to it: returned as
 * 400. A secret that is made on the way would be one that nobody was shown.
 */
class NoSigningSecret extends ErrorResponseException {

    NoSigningSecret() {
        super(HttpStatus.BAD_REQUEST);
        setType(URI.create("urn:job-processor:no-signing-secret"));
        setDetail("A webhook needs a secret that its deliveries are signed with: POST /webhook-secrets makes one.");
    }

}
