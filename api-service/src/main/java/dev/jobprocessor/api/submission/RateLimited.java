package dev.jobprocessor.api.submission;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A submitter has reached one of its limits: returned as 429. */
class RateLimited extends ErrorResponseException {

    private static final long PENDING_SECONDS = 10;

    private final Limit limit;

    private RateLimited(Limit limit, String detail, long retryAfterSeconds) {
        super(HttpStatus.TOO_MANY_REQUESTS);
        this.limit = limit;
        setDetail(detail);
        getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
    }

    static RateLimited minute(int jobs, int quota, HttpHeaders headers, long retryAfterSeconds) {
        RateLimited refusal = new RateLimited(Limit.MINUTE, (jobs > quota)
                ? "You may submit %,d jobs a minute, these are %,d.".formatted(quota, jobs)
                : "You may submit %,d jobs a minute: please try again in %d s.".formatted(quota, retryAfterSeconds),
                retryAfterSeconds);
        refusal.getHeaders().putAll(headers);
        return refusal;
    }

    static RateLimited pending(int limit) {
        return new RateLimited(Limit.PENDING,
                "At most %,d of your jobs may be PENDING: please try again when some have finished.".formatted(limit),
                PENDING_SECONDS);
    }

    Limit limit() {
        return this.limit;
    }

    enum Limit {

        /** Submissions of a minute. */
        MINUTE,

        /** Jobs that have not finished. */
        PENDING

    }

}
