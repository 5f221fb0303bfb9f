package dev.jobprocessor.api.queues;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such queue: answered with 404. */
class QueueNotFound extends ErrorResponseException {

    QueueNotFound(String name) {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:queue-not-found"));
        setDetail("There is no queue %s.".formatted(name));
    }

}
