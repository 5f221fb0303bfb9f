package dev.jobprocessor.worker.processing;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Which model is asked, and how.
 *
 * @param baseUrl the endpoint up to {@code /v1} or up to {@code /chat/completions}; a
 * query is kept
 * @param apiKey the key; any word where the endpoint needs none
 * @param model the model's name, on Azure the deployment's
 * @param systemPrompt the message before the user's prompt; nothing where it is empty
 * @param responseFormat what is sent as {@code response_format}: nothing where it is
 * empty, {@code json_object}, or a JSON object such as one of type {@code json_schema}
 * @param timeout how long a call may take: one that takes longer is not repeated, since
 * it may have to be paid for
 * @param maxRetries how often a call is tried again where the provider failed
 * @param retryDelay how long to wait before the second try; doubled before each further
 * one
 * @param maxRetryAfter how long the provider may ask to wait before the next call
 * @param rateLimit what this worker may ask of the provider in a minute
 * @param stream whether answers are streamed, where the provider can do that
 * @param streamIdle how long a provider that has begun to write may pause
 */
record OpenAiSettings(
        @DefaultValue("https://api.openai.com/v1/") @NotNull @Pattern(regexp = "\\s*https?://.+") String baseUrl,
        @DefaultValue("") String apiKey, @DefaultValue("gpt-5-mini") @NotBlank String model,
        @DefaultValue("Do what the user asks. Answer with one JSON object and nothing else.") String systemPrompt,
        @DefaultValue("") String responseFormat, @DefaultValue("10m") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("3") @Min(0) int maxRetries, @DefaultValue("1s") @DurationMin(millis = 1) Duration retryDelay,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration maxRetryAfter, @DefaultValue @Valid RateLimit rateLimit,
        @DefaultValue("true") boolean stream, @DefaultValue("60s") @DurationMin(millis = 1) Duration streamIdle) {

    OpenAiSettings {
        // Not by an annotation: its message would show the key.
        Assert.isTrue(apiKey.matches("[!-~]*"), "worker.openai.api-key must be printable ASCII without spaces");
    }

    ChatEndpoint endpoint() {
        return ChatEndpoint.of(this.baseUrl);
    }

    String requiredApiKey() {
        if (this.apiKey.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException("worker.openai.api-key", "",
                    "The processor openai needs a key.");
        }
        return this.apiKey;
    }

    /** What is sent as {@code response_format}, or null for nothing. */
    @Nullable JsonNode requestedFormat(JsonMapper json) {
        String format = this.responseFormat.strip();
        if (format.isEmpty()) {
            return null;
        }
        try {
            JsonNode requested = format.startsWith("{") ? json.readTree(format)
                    : json.createObjectNode().put("type", format);
            if (requested.path("type").asString("").matches("text|json_object|json_schema")) {
                return requested;
            }
        }
        catch (JacksonException ex) {
            // Refused like an unknown type.
        }
        throw new InvalidConfigurationPropertyValueException("worker.openai.response-format", format,
                "Write json_object, or the JSON object that the provider takes as response_format.");
    }

    Duration bounded(Duration retryAfter) {
        return (retryAfter.compareTo(this.maxRetryAfter) > 0) ? this.maxRetryAfter : retryAfter;
    }

    BackOffExecution startRetries() {
        ExponentialBackOff backOff = new ExponentialBackOff(this.retryDelay.toMillis(), 2);
        backOff.setJitter(this.retryDelay.toMillis());
        backOff.setMaxAttempts(this.maxRetries);
        return backOff.start();
    }

    /** Without the key, and without the base URL, whose query may hold one. */
    @Override
    public String toString() {
        return "OpenAiSettings[model=%s]".formatted(this.model);
    }

}
