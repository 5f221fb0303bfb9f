package dev.jobprocessor.api.jobs;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A result exceeds {@value JobResult#MAX_BYTES} bytes of UTF-8: answered with 413. */
public class ResultTooLarge extends ErrorResponseException {

    ResultTooLarge(int bytes) {
        super(HttpStatus.CONTENT_TOO_LARGE);
        setDetail("The result has %,d bytes; at most %,d are stored.".formatted(bytes, JobResult.MAX_BYTES));
    }

}
