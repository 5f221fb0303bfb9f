package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import javax.net.ssl.SSLHandshakeException;

import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.callback.ProviderLimit;
import dev.jobprocessor.worker.callback.JobStart;
import dev.jobprocessor.worker.http.HttpConnections;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Hands a job to an n8n workflow, once: only what n8n did not begin is tried again.
 * Either the workflow tells the webhook how it ended, or its response is the result.
 */
final class N8nProcessor implements Processor {

    private static final Logger log = LoggerFactory.getLogger(N8nProcessor.class);

    private static final int MAX_ANSWER_BYTES = 1024 * 1024 + 1;

    private static final int MAX_HINT_LENGTH = 500;

    /** Far less than the half hour after which RabbitMQ takes a consumer for dead. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private final Settings settings;

    private final RestClient.Builder http;

    private final HttpConnections connections;

    private final URI url;

    private final CallbackSettings callback;

    private final JsonMapper json;

    private final Clock clock;

    private final ProviderGate gate;

    N8nProcessor(Settings settings, CallbackSettings callback, RestClient.Builder http, HttpConnections connections,
            JsonMapper json, Clock clock, InstantSource time) {
        this.settings = settings;
        this.http = http;
        this.connections = connections;
        this.url = URI.create(settings.requiredUrl());
        this.callback = callback;
        this.json = json;
        this.clock = clock;
        this.gate = new ProviderGate(time, new RateLimit(settings.rateLimitRequests(), null));
    }

    @Override
    public String name() {
        return "n8n";
    }

    @Override
    public boolean delegates() {
        return this.settings.mode() == Mode.CALLBACK;
    }

    /** n8n keeps each execution in memory. */
    @Override
    public int concurrency() {
        return 50;
    }

    @Override
    public void awaitReadiness() throws InterruptedException {
        this.gate.await(MAX_WAIT);
    }

    @Override
    public @Nullable ProviderLimit limit() {
        return this.gate.limit();
    }

    @Override
    public boolean isClaimed() {
        return true;
    }

    @Override
    public Outcome process(Job job) throws InterruptedException {
        Instant start = this.gate.begin();
        if (start == null) {
            return this.gate.deferred();
        }
        try {
            return handOver(job, start);
        }
        finally {
            this.gate.end(start);
        }
    }

    private Outcome handOver(Job job, Instant start) throws InterruptedException {
        String callbackUrl = callbackUrl(job.start());
        Request request = new Request(job.id(), job.prompt(), job.attempt(), callbackUrl,
                progressUrl(callbackUrl, job));
        try {
            return this.http.clone()
                .requestFactory(this.connections.requests(timeout(job)))
                .build()
                .post()
                .uri(this.url)
                // A kept connection that n8n closed meanwhile would look like a lost
                // response.
                .header(HttpHeaders.CONNECTION, "close")
                .headers(this.settings::authenticate)
                .contentType(MediaType.APPLICATION_JSON)
                .body(this.json.writeValueAsBytes(request))
                .exchangeForRequiredValue((sent, response) -> outcome(response, start));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return unanswered(ex);
        }
    }

    private Duration timeout(Job job) {
        JobStart.Granted start = job.start();
        if (this.settings.mode() == Mode.CALLBACK || start == null) {
            return this.settings.timeout();
        }
        if (job.timeout() != null) {
            return job.timeout();
        }
        Duration left = Duration.between(this.clock.instant(), start.deadline());
        return (left.compareTo(this.settings.timeout()) > 0) ? left : this.settings.timeout();
    }

    private String callbackUrl(JobStart.@Nullable Granted start) {
        String base = (this.settings.callbackUrl() != null) ? this.settings.callbackUrl() : this.callback.url();
        return (start != null) ? base + "?" + URI.create(start.callbackUrl()).getRawQuery() : base;
    }

    /**
     * Names the claim, by which the API knows what a run reports that another follows.
     */
    private static String progressUrl(String callbackUrl, Job job) {
        URI callback = URI.create(callbackUrl);
        URI progress = callback.resolve("../" + job.id() + "/progress");
        return (job.claim() != null) ? progress + "?" + callback.getRawQuery() + "&claim=" + job.claim()
                : progress.toString();
    }

    private Outcome outcome(ClientHttpResponse response, Instant start) throws IOException {
        int status = response.getStatusCode().value();
        if (response.getStatusCode().is2xxSuccessful()) {
            this.gate.succeeded(start);
            return (this.settings.mode() == Mode.CALLBACK) ? new Outcome.Delegated() : result(response);
        }
        String reason = "The workflow answered %s%s".formatted(CallFailedException.status(response), hint(response));
        return switch (status) {
            case 429 -> this.gate.pause(Duration.ZERO, reason);
            case 502, 503 -> this.gate.outage(reason);
            case 504 -> (this.settings.mode() == Mode.CALLBACK) ? new Outcome.Delegated()
                    : new Outcome.Failed(reason, ErrorCode.WORKFLOW_TIMEOUT);
            // As it answers while it starts, or where no such workflow is active.
            case 404 -> this.gate.outage(this.settings.giveUpAfter(), reason);
            default -> new Outcome.Failed(reason, code(status));
        };
    }

    private static ErrorCode code(int status) {
        return (status >= 500 || status == 408) ? ErrorCode.WORKFLOW_ERROR : ErrorCode.WORKFLOW_REFUSED;
    }

    private static Outcome result(ClientHttpResponse response) throws IOException {
        String body = new String(response.getBody().readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        if (body.isBlank()) {
            return new Outcome.Failed("The workflow responded with nothing", ErrorCode.WORKFLOW_SETUP);
        }
        return body.equals("{\"message\":\"Workflow was started\"}")
                ? new Outcome.Failed("The workflow responds immediately: let its Webhook node respond when the last "
                        + "node finishes, or set WORKER_N8N_MODE=callback", ErrorCode.WORKFLOW_SETUP)
                : new Outcome.Completed(body);
    }

    /** The request was sent: n8n may be working, so that nothing is repeated. */
    private Outcome unanswered(ResourceAccessException ex) {
        if (isUnreachable(ex.getMostSpecificCause())) {
            return this.gate.outage("n8n is unreachable");
        }
        if (this.settings.mode() == Mode.CALLBACK) {
            log.info("Handed over, though n8n did not respond: {}", ex.getMostSpecificCause().toString());
            return new Outcome.Delegated();
        }
        return new Outcome.Failed("The workflow did not respond before the job's deadline, or broke the connection",
                ErrorCode.WORKFLOW_TIMEOUT);
    }

    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException || cause instanceof ConnectTimeoutException
                || cause instanceof SSLHandshakeException;
    }

    /** What n8n says is wrong. */
    private String hint(ClientHttpResponse response) throws IOException {
        try {
            var body = this.json.readTree(response.getBody().readNBytes(MAX_ANSWER_BYTES));
            String hint = (body.path("message").asString("") + " " + body.path("hint").asString("")).strip();
            return hint.isEmpty() ? "" : ": " + hint.substring(0, Math.min(hint.length(), MAX_HINT_LENGTH));
        }
        catch (JacksonException ex) {
            return "";
        }
    }

    private record Request(String jobId, String prompt, int attempt, String callbackUrl, String progressUrl) {
    }

    /** Who says how a job ended. */
    enum Mode {

        /** The workflow calls the webhook. */
        CALLBACK,

        /** The body of the workflow's response is the result. */
        RESULT

    }

    /**
     * Where the workflow is, and how it reports.
     *
     * @param url the workflow's production webhook
     * @param mode who says how a job ended
     * @param callbackUrl the webhook as n8n reaches it, where that is not as workers do
     * @param timeout how long a response is awaited in mode callback; in mode result, the
     * job's deadline is
     * @param giveUpAfter how long a job waits for a workflow that n8n does not know
     * @param rateLimitRequests how many jobs this worker may hand over in a minute; null
     * for as many as n8n accepts
     * @param authHeader the header that the Webhook node's header auth asks for
     * @param authValue the header's secret value
     */
    record Settings(@Nullable @Pattern(regexp = "https?://.+") String url, @DefaultValue("callback") Mode mode,
            @Nullable @Pattern(regexp = "https?://.+") String callbackUrl,
            @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
            @DefaultValue("10m") @DurationMin Duration giveUpAfter, @Nullable @Positive Integer rateLimitRequests,
            @Nullable @Pattern(regexp = "[A-Za-z0-9!#$%&'*+.^_`|~-]*") String authHeader, @Nullable String authValue) {

        Settings {
            url = "".equals(url) ? null : url;
            callbackUrl = "".equals(callbackUrl) ? null : callbackUrl;
            authHeader = "".equals(authHeader) ? null : authHeader;
            authValue = "".equals(authValue) ? null : authValue;
            if ((authHeader == null) != (authValue == null)) {
                throw new InvalidConfigurationPropertyValueException("worker.n8n.auth-header", authHeader,
                        "The header and its value (WORKER_N8N_AUTH_HEADER, WORKER_N8N_AUTH_VALUE) are set together.");
            }
        }

        private void authenticate(HttpHeaders headers) {
            if (this.authHeader != null && this.authValue != null) {
                headers.set(this.authHeader, this.authValue);
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Settings[url=%s, mode=%s]".formatted(this.url, this.mode);
        }

        private String requiredUrl() {
            if (this.url == null) {
                throw new InvalidConfigurationPropertyValueException("worker.n8n.url", null,
                        "The processor n8n needs the URL of a workflow's webhook.");
            }
            return this.url;
        }

    }

}
