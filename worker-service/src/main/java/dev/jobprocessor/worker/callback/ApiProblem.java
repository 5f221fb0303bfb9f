package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.client.ClientHttpResponse;

/**
 * The problem with which the API refused a call. A proxy or another server responds
 * without its type.
 */
record ApiProblem(@Nullable String type, @Nullable String error) {

    private static final int MAX_BYTES = 8192;

    private static final String PREFIX = "urn:job-processor:";

    private static final Set<String> SETTLING = Set.of(PREFIX + "job-not-found", PREFIX + "job-conflict");

    static ApiProblem read(ClientHttpResponse response, JsonMapper json) throws IOException {
        try {
            ApiProblem problem = json.readValue(response.getBody().readNBytes(MAX_BYTES), ApiProblem.class);
            return (problem != null) ? problem : new ApiProblem(null, null);
        }
        catch (JacksonException ex) {
            return new ApiProblem(null, null);
        }
    }

    boolean isOfTheApi() {
        return this.type != null && this.type.startsWith(PREFIX);
    }

    /** The job is deleted or finished otherwise: there is nothing left to report. */
    boolean settlesTheAttempt() {
        return this.type != null && SETTLING.contains(this.type);
    }

    String reason() {
        return (this.error == null || this.error.isEmpty()) ? "" : ", " + this.error;
    }

}
