package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/** Calls the webhook, over few connections however many jobs end in the same second. */
@Component
class CallbackClient {

    private static final Logger log = LoggerFactory.getLogger(CallbackClient.class);

    private final RestClient http;

    private final JsonMapper json;

    private final CallbackSettings settings;

    private final Clock clock;

    private final CallbackMetrics metrics;

    private final Semaphore permits;

    private final AtomicReference<@Nullable Instant> silentSince = new AtomicReference<>();

    CallbackClient(RestClient.Builder http, HttpConnections connections, JsonMapper json, CallbackSettings settings,
            Clock clock, CallbackMetrics metrics) {
        this.http = http.requestFactory(connections.directRequests(settings.timeout(), settings.callTimeout())).build();
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.permits = new Semaphore(settings.maxConcurrency(), true);
    }

    /**
     * Calls once. A result that the webhook refuses is reported as the job's failure
     * instead; a deferral is not.
     * @return whether the webhook answered, so that there is nothing left to tell
     * @throws UndeliverableException if it refuses the failure too, or a deferral
     */
    boolean tell(Callback callback) throws InterruptedException, UndeliverableException {
        Answer answer = post(callback);
        if (answer instanceof Answer.Refused refused && callback.status() != Callback.Status.DEFERRED) {
            log.warn("{}: telling that the job failed", refused.reason());
            answer = post(callback.refused(refused.reason()));
        }
        return switch (answer) {
            case Answer.Settled settled -> true;
            case Answer.Refused refused -> throw new UndeliverableException(refused.reason());
            case Answer.Foreign foreign -> false;
            case Answer.Unanswered unanswered -> false;
        };
    }

    /** For how long the webhook has answered nobody. */
    Duration silence() {
        Instant since = this.silentSince.get();
        return (since != null) ? Duration.between(since, this.clock.instant()) : Duration.ZERO;
    }

    private Answer post(Callback callback) throws InterruptedException {
        if (!isPermitted()) {
            return new Answer.Unanswered("others have waited in vain");
        }
        try {
            return observed(timed(this.json.writeValueAsBytes(callback)));
        }
        finally {
            this.permits.release();
        }
    }

    /** Waits for its turn as long as the webhook answers, however slowly. */
    private boolean isPermitted() throws InterruptedException {
        if (this.permits.tryAcquire(0, TimeUnit.SECONDS)) {
            return true;
        }
        if (isLongSilent()) {
            return false;
        }
        this.permits.acquire();
        if (isLongSilent()) {
            this.permits.release();
            return false;
        }
        return true;
    }

    private boolean isLongSilent() {
        return this.silentSince.get() != null && silence().compareTo(this.settings.retryFor()) >= 0;
    }

    private Answer timed(byte[] body) throws InterruptedException {
        Timer.Sample call = this.metrics.call();
        Answer answer = post(body);
        this.metrics.answered(call, result(answer));
        return answer;
    }

    private static CallbackMetrics.Result result(Answer answer) {
        return switch (answer) {
            case Answer.Settled settled -> CallbackMetrics.Result.SETTLED;
            case Answer.Refused refused -> CallbackMetrics.Result.REFUSED;
            case Answer.Foreign foreign -> CallbackMetrics.Result.FOREIGN;
            case Answer.Unanswered unanswered -> CallbackMetrics.Result.UNANSWERED;
        };
    }

    private Answer post(byte[] body) throws InterruptedException {
        try {
            return this.http.post()
                .uri(URI.create(this.settings.url()))
                .header("x-webhook-secret", this.settings.secret())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchangeForRequiredValue((request, response) -> answer(response));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Answer.Unanswered(String.valueOf(ex.getMostSpecificCause()));
        }
    }

    private Answer answer(ClientHttpResponse response) throws IOException {
        if (isAccepted(response)) {
            return new Answer.Settled();
        }
        String status = status(response);
        if (response.getStatusCode().is5xxServerError()) {
            return new Answer.Unanswered(status);
        }
        ApiProblem problem = ApiProblem.read(response, this.json);
        if (!problem.isOfTheApi()) {
            return new Answer.Foreign(status + ", not by the API: is CALLBACK_URL its webhook?");
        }
        if (problem.settlesTheAttempt()) {
            log.info("The webhook answered {}: this attempt no longer counts", status);
            return new Answer.Settled();
        }
        return switch (response.getStatusCode().value()) {
            case 400, 413, 415, 422 ->
                new Answer.Refused("The API refused the result: %s%s".formatted(status, problem.reason()));
            case 401, 403 -> new Answer.Unanswered(status + ", is the webhook's secret another?");
            default -> new Answer.Unanswered(status);
        };
    }

    /** A page for people, such as one to log in, is no receipt. */
    private static boolean isAccepted(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().is2xxSuccessful()
                && !MediaType.TEXT_HTML.isCompatibleWith(response.getHeaders().getContentType());
    }

    private Answer observed(Answer answer) {
        switch (answer) {
            case Answer.Foreign foreign -> silent(foreign.reason());
            case Answer.Unanswered unanswered -> silent(unanswered.reason());
            case Answer.Settled settled -> answered();
            case Answer.Refused refused -> answered();
        }
        return answer;
    }

    private void silent(String reason) {
        if (this.silentSince.compareAndSet(null, this.clock.instant())) {
            log.warn("The webhook does not answer, trying again for {} s before results are parked: {}",
                    this.settings.retryFor().toSeconds(), reason);
        }
    }

    private void answered() {
        if (this.silentSince.getAndSet(null) != null) {
            log.info("The webhook answers again");
        }
    }

    private static String status(ClientHttpResponse response) throws IOException {
        return (response.getStatusCode() instanceof HttpStatus status) ? status.value() + " " + status.getReasonPhrase()
                : String.valueOf(response.getStatusCode().value());
    }

    private sealed interface Answer {

        /** The API knows how the job ended. */
        record Settled() implements Answer {
        }

        /** The API will never accept this callback. */
        record Refused(String reason) implements Answer {
        }

        /** Somebody else answered: the API may accept this callback another time. */
        record Foreign(String reason) implements Answer {
        }

        /** The API may accept this callback another time. */
        record Unanswered(String reason) implements Answer {
        }

    }

}
