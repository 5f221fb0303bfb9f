package dev.jobprocessor.api.submission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.JobRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * New jobs cannot have their schedules: returned as 400. It is not part of the validation
 * of a request, since a call that is repeated with its Idempotency-Key may come later
 * than it asks for.
 */
class InvalidSchedules extends ErrorResponseException {

    private static final int SHOWN = 5;

    private InvalidSchedules(List<Objection> objections) {
        super(HttpStatus.BAD_REQUEST);
        setDetail(objections.stream().limit(SHOWN).map(Objection::sentence).collect(Collectors.joining("; ")));
        getBody().setProperty("errors", objections);
    }

    static @Nullable InvalidSchedules of(List<JobRequest> jobs, Instant now) {
        List<Objection> objections = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            String prefix = (jobs instanceof Batch) ? "[%d].".formatted(i) : "";
            jobs.get(i)
                .schedule()
                .objections(now)
                .forEach((field, message) -> objections.add(new Objection(prefix + field, message)));
        }
        return objections.isEmpty() ? null : new InvalidSchedules(objections);
    }

    /** An invalid field. */
    record Objection(String field, String message) {

        String sentence() {
            return this.field + " " + this.message;
        }

    }

}
