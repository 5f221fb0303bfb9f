package dev.jobprocessor.api.workers;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such worker: answered with 404. */
class WorkerNotFound extends ErrorResponseException {

    WorkerNotFound(String name) {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:worker-not-found"));
        setDetail("There is no worker %s.".formatted(name));
    }

}
