package dev.jobprocessor.worker.processing;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A part of a chat completion that is streamed, as far as it is used here. */
record ChatChunk(@Nullable List<Choice> choices, @Nullable ProviderError error, @Nullable JsonNode model,
        @Nullable JsonNode usage) {

    /** The last one. */
    static final ChatChunk DONE = new ChatChunk(null, null, null, null);

    private static final ChatChunk EMPTY = new ChatChunk(List.of(), null, null, null);

    private static final byte[] DONE_DATA = { '[', 'D', 'O', 'N', 'E', ']' };

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads one.
     * @throws JacksonException if it is something else
     */
    static ChatChunk read(byte[] data) throws JacksonException {
        if (Arrays.equals(data, DONE_DATA)) {
            return DONE;
        }
        ChatChunk chunk = JSON.readValue(data, ChatChunk.class);
        return (chunk != null) ? chunk : EMPTY;
    }

    /** Of the first answer: no other was asked for. */
    @Nullable Choice choice() {
        return (this.choices == null || this.choices.isEmpty()) ? null : this.choices.getFirst();
    }

    record Choice(ChatCompletion.@Nullable Message delta, @JsonProperty("finish_reason") @Nullable String finishReason,
            @Nullable ProviderError error) {
    }

}
