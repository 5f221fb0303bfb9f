package dev.jobprocessor.worker.callback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.jobprocessor.worker.http.HttpConnections;
import io.micrometer.core.instrument.Timer;
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
 * The webhook: takes one callback, or several at its URL with an "s".
 */
@Component
class CallbackEndpoint {

    private static final Logger log = LoggerFactory.getLogger(CallbackEndpoint.class);

    private final RestClient http;

    private final JsonMapper json;

    private final CallbackSettings settings;

    private final CallbackMetrics metrics;

    CallbackEndpoint(RestClient.Builder http, HttpConnections connections, JsonMapper json, CallbackSettings settings,
            CallbackMetrics metrics) {
        this.http = http.requestFactory(connections.directRequests(settings.timeout(), settings.callTimeout())).build();
        this.json = json;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Calls once for one callback. */
    Reply call(byte[] callback) throws InterruptedException {
        return post(this.settings.url(), callback, this::read);
    }

    /**
     * Calls once for several callbacks, and once more for each that this does not settle:
     * alone, it is answered in detail. An API of an earlier version settles none by that
     * call.
     */
    List<Reply> call(List<byte[]> callbacks) throws InterruptedException {
        CallbackAnswers answers = new CallbackAnswers(this.json);
        Reply all = post(this.settings.url() + "s", array(callbacks), (response) -> read(response, answers));
        if (all instanceof Reply.Unavailable) {
            return Collections.nCopies(callbacks.size(), all);
        }
        List<Reply> replies = new ArrayList<>();
        for (byte[] callback : callbacks) {
            replies.add(answers.isSettled(replies.size()) ? all : call(callback));
        }
        return replies;
    }

    private static byte[] array(List<byte[]> elements) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            array.write((array.size() == 0) ? '[' : ',');
            array.writeBytes(element);
        }
        array.write(']');
        return array.toByteArray();
    }

    private Reply post(String url, byte[] body, Reading reading) throws InterruptedException {
        Timer.Sample call = this.metrics.call();
        Reply reply = exchange(url, body, reading);
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

    private Reply exchange(String url, byte[] body, Reading reading) throws InterruptedException {
        try {
            return this.http.post()
                .uri(URI.create(url))
                .header("x-webhook-secret", this.settings.secret())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchangeForRequiredValue((request, response) -> reading.read(response));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Reply.Unavailable(String.valueOf(ex.getMostSpecificCause()));
        }
    }

    private Reply read(ClientHttpResponse response, CallbackAnswers answers) throws IOException {
        if (answers.read(response)) {
            return new Reply.Settled();
        }
        String reason = status(response) + ", without answers to several callbacks";
        return response.getStatusCode().is5xxServerError() ? new Reply.Unavailable(reason) : new Reply.Foreign(reason);
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

    private static String status(ClientHttpResponse response) throws IOException {
        return (response.getStatusCode() instanceof HttpStatus status) ? status.value() + " " + status.getReasonPhrase()
                : String.valueOf(response.getStatusCode().value());
    }

    private interface Reading {

        Reply read(ClientHttpResponse response) throws IOException;

    }

}
