package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.http.HttpConnections;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Hands a job to an n8n workflow, which tells the webhook itself how it ended. */
final class N8nProcessor implements Processor {

    private final RestClient http;

    private final URI url;

    private final CallbackSettings callback;

    private final RetryTemplate retries;

    N8nProcessor(Settings settings, CallbackSettings callback, RestClient.Builder http, HttpConnections connections) {
        this.http = http.requestFactory(connections.requests(settings.timeout())).build();
        this.url = URI.create(settings.requiredUrl());
        this.callback = callback;
        this.retries = new RetryTemplate(settings.retryPolicy());
    }

    /** n8n keeps each execution in memory. */
    @Override
    public int concurrency() {
        return 50;
    }

    @Override
    public Outcome process(Job job) {
        Request request = new Request(job.id(), job.prompt(), job.attempt(), this.callback.url());
        try {
            return this.retries.invoke(() -> delegate(request));
        }
        catch (CallFailedException ex) {
            return new Outcome.Failed(ex.reason());
        }
    }

    private Outcome delegate(Request request) {
        try {
            return this.http.post()
                .uri(this.url)
                .header("x-webhook-secret", this.callback.secret())
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .exchangeForRequiredValue((sent, response) -> delegated(response));
        }
        catch (ResourceAccessException ex) {
            throw CallFailedException.notAnswered("The workflow", ex);
        }
    }

    private static Outcome delegated(ClientHttpResponse response) throws IOException {
        if (!response.getStatusCode().is2xxSuccessful()) {
            throw CallFailedException.answered("The workflow", response);
        }
        return new Outcome.Delegated();
    }

    private record Request(String jobId, String prompt, int attempt, String callbackUrl) {
    }

    /**
     * Where the workflow is.
     *
     * @param url the workflow's webhook
     * @param timeout how long the workflow may be silent during a call
     * @param maxRetries how often a call is tried again
     * @param retryDelay how long to wait before the second try; doubled before each
     * further one
     */
    record Settings(@Nullable @Pattern(regexp = "https?://.+") String url,
            @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout, @DefaultValue("3") @Min(0) int maxRetries,
            @DefaultValue("500ms") @DurationMin Duration retryDelay) {

        private String requiredUrl() {
            if (this.url == null) {
                throw new InvalidConfigurationPropertyValueException("worker.n8n.url", null,
                        "The processor n8n needs the URL of a workflow's webhook.");
            }
            return this.url;
        }

        private RetryPolicy retryPolicy() {
            return RetryPolicy.builder()
                .includes(CallFailedException.class)
                .maxRetries(this.maxRetries)
                .delay(this.retryDelay)
                .jitter(this.retryDelay)
                .multiplier(2)
                .maxDelay(Duration.ofSeconds(10))
                .build();
        }

    }

}
