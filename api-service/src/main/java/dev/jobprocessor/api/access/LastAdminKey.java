package dev.jobprocessor.api.access;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Nobody could issue keys after the call: returned as 409. */
class LastAdminKey extends ErrorResponseException {

    LastAdminKey() {
        super(HttpStatus.CONFLICT);
        setType(URI.create("urn:job-processor:last-admin-key"));
        setDetail("This is the last valid key with the role admin. Create another one first.");
    }

}
