package dev.jobprocessor.api.queues;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such queue: answered with 404. */
class QueueNotFound extends ErrorResponseException {

    private static final int SHOWN = 64;

    QueueNotFound(String name) {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:queue-not-found"));
        setDetail("There is no queue %s.".formatted((name.length() <= SHOWN) ? name : name.substring(0, SHOWN) + "…"));
    }

}
