package dev.jobprocessor.worker.processing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/** A chat completion that is put together of what is streamed. */
final class StreamedCompletion {

    private final WrittenAnswer text;

    private final StringBuilder refusal = new StringBuilder();

    private boolean done;

    private boolean answered;

    private @Nullable String finishReason;

    private @Nullable ProviderError problem;

    private @Nullable JsonNode model;

    private @Nullable JsonNode usage;

    StreamedCompletion(WrittenAnswer text) {
        this.text = text;
    }

    /**
     * Adds what follows.
     * @throws StreamConstraintsException if the text is longer than a result may be
     */
    void add(ChatChunk chunk) {
        this.done = chunk == ChatChunk.DONE;
        this.model = (chunk.model() != null) ? chunk.model() : this.model;
        this.usage = (chunk.usage() != null && chunk.usage().isObject()) ? chunk.usage() : this.usage;
        this.problem = (chunk.error() != null) ? chunk.error() : this.problem;
        ChatChunk.Choice choice = chunk.choice();
        if (choice != null) {
            add(choice);
        }
    }

    private void add(ChatChunk.Choice choice) {
        this.answered = true;
        this.finishReason = (choice.finishReason() != null) ? choice.finishReason() : this.finishReason;
        this.problem = (choice.error() != null) ? choice.error() : this.problem;
        if (choice.delta() != null) {
            add(choice.delta());
        }
    }

    private void add(ChatCompletion.Message delta) {
        if (delta.refusal() != null && this.refusal.length() < Outcome.MAX_SENTENCE_LENGTH) {
            this.refusal.append(delta.refusal());
        }
        if (delta.content() != null && !delta.content().isEmpty()) {
            if (this.text.length() + delta.content().length() > ChatCompletion.MAX_TEXT_LENGTH) {
                throw new StreamConstraintsException("The parts are longer than a text may be");
            }
            this.text.append(delta.content());
        }
    }

    /** An error that was sent in place of what follows. */
    @Nullable ProviderError problem() {
        return this.problem;
    }

    /** Nothing follows. */
    boolean isDone() {
        return this.done;
    }

    /** Not every provider sends both. */
    boolean isWhole() {
        return this.done || this.finishReason != null;
    }

    int length() {
        return this.text.length();
    }

    ChatCompletion whole() {
        ChatCompletion.Message message = new ChatCompletion.Message(this.text.toString(), this.refusal.toString());
        return new ChatCompletion(
                this.answered ? List.of(new ChatCompletion.Choice(message, this.finishReason, null)) : List.of(), null,
                this.model, this.usage);
    }

}
