package dev.jobprocessor.worker.processing;

import java.io.InputStream;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.callback.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a chat completion that is used here: an outcome, or an error that was sent
 * with a successful status.
 */
record ChatCompletion(@Nullable List<Choice> choices, @Nullable ProviderError error, @Nullable JsonNode model,
        @Nullable JsonNode usage) {

    /** Bytes; beyond a result's own, room for a model's reasoning. */
    private static final int MAX_LENGTH = 8 * 1024 * 1024;

    /** Characters; a result that has more cannot be reported. */
    static final int MAX_TEXT_LENGTH = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
        .streamReadConstraints(
                StreamReadConstraints.builder().maxDocumentLength(MAX_LENGTH).maxStringLength(MAX_TEXT_LENGTH).build())
        .build()).build();

    /**
     * Reads one, keeping nothing but its text.
     * @throws tools.jackson.core.exc.StreamConstraintsException if it is too long
     * @throws JacksonException if it is something else
     */
    static ChatCompletion read(InputStream body) throws JacksonException {
        return JSON.readValue(body, ChatCompletion.class);
    }

    /** The error that was sent with a successful status, if any. */
    @Nullable ProviderError problem() {
        if (this.error != null) {
            return this.error;
        }
        return (this.choices == null || this.choices.isEmpty()) ? null : this.choices.getFirst().error();
    }

    Outcome outcome() {
        if (this.choices == null || this.choices.isEmpty()) {
            return new Outcome.Failed("The model gave no answer", ErrorCode.ANSWER_EMPTY);
        }
        return withUsage(this.choices.getFirst().outcome());
    }

    private Outcome withUsage(Outcome outcome) {
        return (outcome instanceof Outcome.Completed completed && this.usage != null && this.usage.isObject())
                ? new Outcome.Completed(completed.result(), used(this.usage)) : outcome;
    }

    /** Whatever else a provider sends there, the answer counts. */
    private Usage used(JsonNode usage) {
        String name = (this.model != null) ? this.model.asString("unknown") : "unknown";
        return new Usage(name, usage.path("prompt_tokens").asLong(0), usage.path("completion_tokens").asLong(0));
    }

    record Choice(@Nullable Message message, @JsonProperty("finish_reason") @Nullable String finishReason,
            @Nullable ProviderError error) {

        Outcome outcome() {
            return switch (this.finishReason) {
                case "content_filter" ->
                    new Outcome.Failed("The provider's content filter stopped the answer", ErrorCode.CONTENT_FILTER);
                case "length" -> new Outcome.Failed("The answer was cut off: it is longer than the model may write",
                        ErrorCode.ANSWER_CUT_OFF);
                case null, default -> (this.message != null) ? this.message.outcome()
                        : new Outcome.Failed("The model gave no answer", ErrorCode.ANSWER_EMPTY);
            };
        }

    }

    record Message(@JsonDeserialize(using = ContentReader.class) @Nullable String content, @Nullable String refusal) {

        Outcome outcome() {
            if (this.refusal != null && !this.refusal.isBlank()) {
                return new Outcome.Failed("The model refused: " + this.refusal, ErrorCode.MODEL_REFUSED);
            }
            return (this.content == null || this.content.isBlank())
                    ? new Outcome.Failed("The model gave an empty answer", ErrorCode.ANSWER_EMPTY)
                    : new Outcome.Completed(this.content);
        }

    }

}
