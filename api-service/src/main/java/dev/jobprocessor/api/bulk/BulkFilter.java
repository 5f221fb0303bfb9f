package dev.jobprocessor.api.bulk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.filters.FilterParameters;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.filters.JobSelector;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Which jobs are meant, by the parameters of {@code GET /jobs}.
 *
 * @param metadata at most one pair
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkFilter(@Nullable Set<JobStatus> status,
        @Pattern(regexp = JobQueues.NAME, message = "{job.queue.name}") @Nullable String queue,
        @Size(max = JobQuery.MAX_TEXT_LENGTH) @Nullable String q,
        @Pattern(regexp = JobSelector.SCHEDULED, message = "must be scheduled") @Nullable String state,
        @Nullable String tag, @Nullable Map<String, String> metadata, @Nullable String worker,
        @Nullable String errorCode, @Nullable String failure,
        @Pattern(regexp = JobSelector.MALFORMED, message = "must be malformed") @Nullable String result,
        @Nullable Instant createdAfter, @Nullable Instant createdBefore) {

    /** What is not known would be no condition: more jobs would match than are meant. */
    @JsonAnySetter
    void refuse(String name, @Nullable Object value) {
        UnrecognizedPropertyException unknown = new UnrecognizedPropertyException(null, "There is no such filter", null,
                BulkFilter.class, name, List.of());
        unknown.prependPath(BulkFilter.class, name);
        throw unknown;
    }

    /**
     * As {@code GET /jobs} asks for them.
     * @throws org.springframework.web.ErrorResponseException if no index serves this
     */
    JobQuery query() {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        add(parameters, "q", this.q);
        add(parameters, "state", this.state);
        add(parameters, "tag", this.tag);
        add(parameters, "worker", this.worker);
        add(parameters, "errorCode", this.errorCode);
        add(parameters, "failure", this.failure);
        add(parameters, "result", this.result);
        if (this.metadata != null) {
            this.metadata.forEach((key, value) -> parameters.add(FilterParameters.METADATA + key, value));
        }
        JobSelector selector = new JobSelector(this.status, this.queue, this.q, this.state, this.tag, this.worker,
                this.errorCode, this.failure, this.result, this.createdAfter, this.createdBefore);
        return selector.query(new FilterParameters(parameters), null);
    }

    private static void add(MultiValueMap<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name, value);
        }
    }

}
