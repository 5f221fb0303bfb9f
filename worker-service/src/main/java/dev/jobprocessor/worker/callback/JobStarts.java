package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

import dev.jobprocessor.worker.http.HttpConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Claims attempts at the API before they start. */
@Component
public class JobStarts {

    private static final Logger log = LoggerFactory.getLogger(JobStarts.class);

    private static final int MAX_RESPONSE_BYTES = 16 * 1024;

    private static final String NOT_FOUND = "urn:job-processor:job-not-found";

    private final CallbackSettings settings;

    private final RestClient http;

    private final JsonMapper json;

    private final InstantSource time;

    JobStarts(CallbackSettings settings, RestClient.Builder http, HttpConnections connections, JsonMapper json,
            InstantSource time) {
        this.settings = settings;
        this.http = http.requestFactory(connections.directRequests(settings.timeout(), settings.timeout())).build();
        this.json = json;
        this.time = time;
    }

    /**
     * Retries until the API decides, at most for {@code holdParked}: far less than
     * RabbitMQ's consumer timeout.
     * @param redelivered whether an earlier delivery of the same message may have claimed
     * it
     */
    public JobStart claim(String jobId, int attempt, String worker, boolean redelivered) throws InterruptedException {
        Request request = new Request(attempt, worker, UUID.randomUUID().toString(), redelivered);
        Instant end = this.time.instant().plus(this.settings.holdParked());
        BackOffExecution backOff = this.settings.startRetries();
        JobStart start = ask(jobId, request);
        while (start instanceof JobStart.Unavailable && this.time.instant().isBefore(end)) {
            Thread.sleep(backOff.nextBackOff());
            start = ask(jobId, request);
        }
        if (start instanceof JobStart.Unavailable unavailable) {
            log.warn("The job cannot start yet and is requeued: {}", unavailable.reason());
        }
        return start;
    }

    private JobStart ask(String jobId, Request request) throws InterruptedException {
        try {
            return this.http.post()
                .uri(URI.create(this.settings.url()).resolve("../" + jobId + "/start"))
                .header("x-webhook-secret", this.settings.secret())
                .contentType(MediaType.APPLICATION_JSON)
                .body(this.json.writeValueAsBytes(request))
                .exchangeForRequiredValue((sent, response) -> start(request.claim(), response));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new JobStart.Unavailable(String.valueOf(ex.getMostSpecificCause()));
        }
    }

    private JobStart start(String claim, ClientHttpResponse response) throws IOException {
        byte[] body = response.getBody().readNBytes(MAX_RESPONSE_BYTES);
        int status = response.getStatusCode().value();
        try {
            return start(claim, status, body);
        }
        catch (JacksonException ex) {
            return new JobStart.Unavailable("%d, without the expected JSON".formatted(status));
        }
    }

    /** An API of an older version, or a proxy, returns 404 for every job. */
    private JobStart start(String claim, int status, byte[] body) {
        if (status == 200) {
            return this.json.readValue(body, Started.class).to(claim);
        }
        JsonNode problem = this.json.readTree(body);
        boolean settled = status == 409 || status == 404 && NOT_FOUND.equals(problem.path("type").asString(""));
        String reason = "%d, %s".formatted(status, problem.path("error").asString(""));
        return settled ? new JobStart.Refused(reason) : new JobStart.Unavailable(reason);
    }

    private record Request(int attempt, String worker, String claim, boolean redelivered) {
    }

    /** An API of an older version says nothing of output. */
    private record Started(Instant deadline, String callbackUrl, @Nullable Long outputOffset) {

        JobStart.Granted to(String claim) {
            return new JobStart.Granted(claim, this.deadline, this.callbackUrl,
                    Objects.requireNonNullElse(this.outputOffset, 0L));
        }

    }

}
