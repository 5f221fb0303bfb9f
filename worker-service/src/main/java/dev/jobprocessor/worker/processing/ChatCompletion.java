package dev.jobprocessor.worker.processing;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The part of a chat completion that matters here. */
record ChatCompletion(@Nullable List<Choice> choices) {

    Outcome outcome() {
        if (this.choices == null || this.choices.isEmpty()) {
            return new Outcome.Failed("The model gave no answer");
        }
        return this.choices.getFirst().outcome();
    }

    record Choice(@Nullable Message message, @JsonProperty("finish_reason") @Nullable String finishReason) {

        Outcome outcome() {
            return switch (this.finishReason) {
                case "content_filter" -> new Outcome.Failed("The provider's content filter stopped the answer");
                case "length" -> new Outcome.Failed("The answer was cut off: it is longer than the model may write");
                case null, default ->
                    (this.message != null) ? this.message.outcome() : new Outcome.Failed("The model gave no answer");
            };
        }

    }

    record Message(@Nullable String content, @Nullable String refusal) {

        Outcome outcome() {
            if (this.refusal != null && !this.refusal.isBlank()) {
                return new Outcome.Failed("The model refused: " + this.refusal);
            }
            return (this.content == null || this.content.isBlank())
                    ? new Outcome.Failed("The model gave an empty answer") : new Outcome.Completed(this.content);
        }

    }

}
