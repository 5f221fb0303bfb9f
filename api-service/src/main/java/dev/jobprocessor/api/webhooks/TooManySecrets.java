package dev.jobprocessor.api.webhooks;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** As many secrets sign as may: returned as 409. */
class TooManySecrets extends ErrorResponseException {

    TooManySecrets() {
        super(HttpStatus.CONFLICT);
        setType(URI.create("urn:job-processor:too-many-secrets"));
        setDetail("%d secrets sign now: wait until an older one does no more.".formatted(OwnSecrets.MAX));
    }

}
