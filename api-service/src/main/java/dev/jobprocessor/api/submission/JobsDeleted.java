package dev.jobprocessor.api.submission;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Of the jobs that an idempotency key made, some were deleted: returned as 410, and with
 * the ids of those that are left in {@code jobs}, null for each deleted one.
 */
class JobsDeleted extends ErrorResponseException {

    JobsDeleted(List<@Nullable String> jobs) {
        super(HttpStatus.GONE);
        long left = jobs.stream().filter((job) -> job != null).count();
        setDetail("This Idempotency-Key made %d jobs, of which %d were deleted since.".formatted(jobs.size(),
                jobs.size() - left));
        getBody().setProperty("jobs", jobs);
    }

}
