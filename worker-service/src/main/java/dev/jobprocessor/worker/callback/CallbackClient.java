package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.jobprocessor.worker.broker.UndeliverableException;
import dev.jobprocessor.worker.http.HttpConnections;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Calls the webhook, over few connections however many jobs finish in the same second.
 */
@Component
class CallbackClient {

    private static final Logger log = LoggerFactory.getLogger(CallbackClient.class);

    private final RestClient http;

    private final JsonMapper json;

    private final CallbackSettings settings;

    private final InstantSource time;

    private final CallbackMetrics metrics;

    private final Semaphore permits;

    private final AtomicReference<@Nullable Instant> unavailableSince = new AtomicReference<>();

    CallbackClient(RestClient.Builder http, HttpConnections connections, JsonMapper json, CallbackSettings settings,
            InstantSource time, CallbackMetrics metrics) {
        this.http = http.requestFactory(connections.directRequests(settings.timeout(), settings.callTimeout())).build();
        this.json = json;
        this.settings = settings;
        this.time = time;
        this.metrics = metrics;
        this.permits = new Semaphore(settings.maxConcurrency(), true);
    }

    /**
     * Calls once. A result that the webhook refuses is reported as the job's failure
     * instead; a deferral is not.
     * @return whether the webhook settled the attempt, so that there is nothing left to
     * report
     * @throws UndeliverableException if it refuses the failure too, or a deferral
     */
    boolean deliver(Callback callback) throws InterruptedException, UndeliverableException {
        Reply reply = post(callback);
        if (reply instanceof Reply.Refused refused && callback.status() != Callback.Status.DEFERRED) {
            log.warn("{}: reporting the job as FAILED", refused.reason());
            reply = post(callback.refused(refused.reason()));
        }
        return switch (reply) {
            case Reply.Settled settled -> true;
            case Reply.Refused refused -> throw new UndeliverableException(refused.reason());
            case Reply.Foreign foreign -> false;
            case Reply.Unavailable unavailable -> false;
        };
    }

    /** How long the webhook has been unavailable; zero while it is available. */
    Duration outage() {
        Instant since = this.unavailableSince.get();
        return (since != null) ? Duration.between(since, this.time.instant()) : Duration.ZERO;
    }

    private Reply post(Callback callback) throws InterruptedException {
        if (!isPermitted()) {
            return new Reply.Unavailable("the calls before it failed");
        }
        try {
            return logged(timed(this.json.writeValueAsBytes(callback)));
        }
        finally {
            this.permits.release();
        }
    }

    /** Waits for a permit while the webhook is available, however slow it is. */
    private boolean isPermitted() throws InterruptedException {
        if (this.permits.tryAcquire(0, TimeUnit.SECONDS)) {
            return true;
        }
        if (isLongUnavailable()) {
            return false;
        }
        this.permits.acquire();
        if (isLongUnavailable()) {
            this.permits.release();
            return false;
        }
        return true;
    }

    private boolean isLongUnavailable() {
        return this.unavailableSince.get() != null && outage().compareTo(this.settings.retryFor()) >= 0;
    }

    private Reply timed(byte[] body) throws InterruptedException {
        Timer.Sample call = this.metrics.call();
        Reply reply = post(body);
        this.metrics.record(call, result(reply));
        return reply;
    }

    private static CallbackMetrics.Result result(Reply reply) {
        return switch (reply) {
            case Reply.Settled settled -> CallbackMetrics.Result.SETTLED;
            case Reply.Refused refused -> CallbackMetrics.Result.REFUSED;
            case Reply.Foreign foreign -> CallbackMetrics.Result.FOREIGN;
            case Reply.Unavailable unavailable -> CallbackMetrics.Result.UNANSWERED;
        };
    }

    private Reply post(byte[] body) throws InterruptedException {
        try {
            return this.http.post()
                .uri(URI.create(this.settings.url()))
                .header("x-webhook-secret", this.settings.secret())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchangeForRequiredValue((request, response) -> read(response));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Reply.Unavailable(String.valueOf(ex.getMostSpecificCause()));
        }
    }

    private Reply read(ClientHttpResponse response) throws IOException {
        if (isAccepted(response)) {
            return new Reply.Settled();
        }
        String status = status(response);
        if (response.getStatusCode().is5xxServerError()) {
            return new Reply.Unavailable(status);
        }
        ApiProblem problem = ApiProblem.read(response, this.json);
        if (!problem.isOfTheApi()) {
            return new Reply.Foreign(status + ", not from the API: check CALLBACK_URL");
        }
        if (problem.settlesTheAttempt()) {
            log.info("The webhook returned {}: this attempt is already settled", status);
            return new Reply.Settled();
        }
        return switch (response.getStatusCode().value()) {
            case 400, 413, 415, 422 ->
                new Reply.Refused("The API refused the result: %s%s".formatted(status, problem.reason()));
            case 401, 403 -> new Reply.Unavailable(status + ", check WEBHOOK_SECRET");
            default -> new Reply.Unavailable(status);
        };
    }

    /** An HTML page, such as a login page, is no receipt. */
    private static boolean isAccepted(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().is2xxSuccessful()
                && !MediaType.TEXT_HTML.isCompatibleWith(response.getHeaders().getContentType());
    }

    private Reply logged(Reply reply) {
        switch (reply) {
            case Reply.Foreign foreign -> reportUnavailable(foreign.reason());
            case Reply.Unavailable unavailable -> reportUnavailable(unavailable.reason());
            case Reply.Settled settled -> reportAvailable();
            case Reply.Refused refused -> reportAvailable();
        }
        return reply;
    }

    private void reportUnavailable(String reason) {
        if (this.unavailableSince.compareAndSet(null, this.time.instant())) {
            log.warn("The webhook is unavailable, retrying for {} s before results are parked: {}",
                    this.settings.retryFor().toSeconds(), reason);
        }
    }

    private void reportAvailable() {
        if (this.unavailableSince.getAndSet(null) != null) {
            log.info("The webhook is available again");
        }
    }

    private static String status(ClientHttpResponse response) throws IOException {
        return (response.getStatusCode() instanceof HttpStatus status) ? status.value() + " " + status.getReasonPhrase()
                : String.valueOf(response.getStatusCode().value());
    }

    private sealed interface Reply {

        /** The API knows how the attempt finished. */
        record Settled() implements Reply {
        }

        /** The API will never accept this callback. */
        record Refused(String reason) implements Reply {
        }

        /** Another server responded: the API may accept this callback later. */
        record Foreign(String reason) implements Reply {
        }

        /** The API may accept this callback later. */
        record Unavailable(String reason) implements Reply {
        }

    }

}
