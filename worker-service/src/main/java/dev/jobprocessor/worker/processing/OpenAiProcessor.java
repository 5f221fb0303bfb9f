package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.jobprocessor.worker.http.HttpConnections;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Asks a language model behind any endpoint that speaks OpenAI's chat completions,
 * Azure's {@code /openai/v1/} included.
 */
final class OpenAiProcessor implements Processor {

    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private final Settings settings;

    private final RestClient http;

    private final URI url;

    private final JsonMapper json;

    private final Clock clock;

    OpenAiProcessor(Settings settings, RestClient.Builder http, HttpConnections connections, JsonMapper json,
            Clock clock) {
        this.settings = settings;
        this.http = http.requestFactory(connections.requests(settings.timeout()))
            .defaultHeaders((headers) -> headers.setBearerAuth(settings.requiredApiKey()))
            .build();
        this.url = URI.create(StringUtils.trimTrailingCharacter(settings.baseUrl(), '/') + "/chat/completions");
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Outcome process(Job job) throws InterruptedException {
        Request request = new Request(this.settings.model(),
                List.of(new Message("system", this.settings.systemPrompt()), new Message("user", job.prompt())));
        BackOffExecution waits = this.settings.startRetries();
        while (true) {
            try {
                return ask(request);
            }
            catch (CallFailedException ex) {
                long wait = waits.nextBackOff();
                if (wait == BackOffExecution.STOP) {
                    return new Outcome.Failed(ex.reason());
                }
                Thread.sleep(bounded(ex.retryAfter()).plusMillis(wait));
            }
        }
    }

    private Duration bounded(Duration retryAfter) {
        Duration max = this.settings.maxRetryAfter();
        return (retryAfter.compareTo(max) > 0) ? max : retryAfter;
    }

    private Outcome ask(Request request) {
        try {
            return this.http.post()
                .uri(this.url)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .exchangeForRequiredValue((sent, response) -> outcome(response));
        }
        catch (ResourceAccessException ex) {
            throw CallFailedException.notAnswered("The model's provider", ex);
        }
    }

    private Outcome outcome(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        byte[] body = response.getBody().readNBytes(MAX_ANSWER_BYTES);
        if (response.getStatusCode().is2xxSuccessful()) {
            return answer(body);
        }
        if (status == 401 || status == 403) {
            return new Outcome.Failed("The model's provider refused the API key");
        }
        String reason = "The model's provider answered %s%s".formatted(CallFailedException.status(response),
                problem(body));
        if (status == 408 || status == 409 || status == 429 || status >= 500) {
            throw new CallFailedException(reason, RetryAfter.of(response.getHeaders(), this.clock).delay());
        }
        return new Outcome.Failed(reason);
    }

    private Outcome answer(byte[] body) {
        try {
            return this.json.readValue(body, ChatCompletion.class).outcome();
        }
        catch (JacksonException ex) {
            return new Outcome.Failed("The model's provider gave an answer that is not a chat completion");
        }
    }

    /**
     * What the provider says is wrong: never with the key, which some providers repeat.
     */
    private String problem(byte[] body) {
        try {
            JsonNode error = this.json.readTree(body).path("error");
            String message = error.path("message").asString(error.asString(""));
            return message.isEmpty() ? "" : ": " + message.replace(this.settings.requiredApiKey(), "***");
        }
        catch (JacksonException ex) {
            return "";
        }
    }

    private record Request(String model, List<Message> messages) {
    }

    private record Message(String role, String content) {
    }

    /**
     * Which model is asked, and how.
     *
     * @param baseUrl the endpoint up to {@code /v1}
     * @param apiKey the key; any word where the endpoint needs none
     * @param model the model's name, on Azure the deployment's
     * @param systemPrompt what the model is told before the user's prompt
     * @param timeout how long the model may be silent during a call
     * @param maxRetries how often a call is tried again
     * @param retryDelay how long to wait before the second try; doubled before each
     * further one
     * @param maxRetryAfter how long the provider may ask to wait before a further try
     */
    record Settings(
            @DefaultValue("https://api.openai.com/v1/") @NotNull @Pattern(regexp = "https?://.+") String baseUrl,
            @DefaultValue("") String apiKey, @DefaultValue("gpt-5-mini") @NotBlank String model,
            @DefaultValue("Do what the user asks. Answer with one JSON object and nothing else.") @NotBlank String systemPrompt,
            @DefaultValue("1m") @DurationMin(millis = 1) Duration timeout, @DefaultValue("3") @Min(0) int maxRetries,
            @DefaultValue("1s") @DurationMin(millis = 1) Duration retryDelay,
            @DefaultValue("1m") @DurationMin Duration maxRetryAfter) {

        Settings {
            // Not by an annotation: its message would show the key.
            Assert.isTrue(apiKey.matches("[!-~]*"), "worker.openai.api-key must be printable ASCII without spaces");
        }

        private String requiredApiKey() {
            if (this.apiKey.isEmpty()) {
                throw new InvalidConfigurationPropertyValueException("worker.openai.api-key", "",
                        "The processor openai needs a key.");
            }
            return this.apiKey;
        }

        private BackOffExecution startRetries() {
            ExponentialBackOff backOff = new ExponentialBackOff(this.retryDelay.toMillis(), 2);
            backOff.setJitter(this.retryDelay.toMillis());
            backOff.setMaxAttempts(this.maxRetries);
            return backOff.start();
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Settings[baseUrl=%s, model=%s]".formatted(this.baseUrl, this.model);
        }

    }

}
