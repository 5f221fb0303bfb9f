package dev.jobprocessor.worker.processing;

import java.io.InputStream;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The error in a provider's response.
 *
 * @param message a sentence
 * @param code an HTTP status or a word, such as {@code rate_limit_exceeded}
 * @param type a word
 */
record ProviderError(@Nullable String message, @Nullable String code, @Nullable String type) {

    private static final int MAX_MESSAGE_LENGTH = 1000;

    private static final JsonMapper JSON = new JsonMapper();

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    ProviderError {
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ProviderError of(String message) {
        return new ProviderError(message, null, null);
    }

    /** Reads the body of an error, or returns null where it says nothing. */
    static @Nullable ProviderError read(InputStream body) {
        try {
            Body read = JSON.readValue(body, Body.class);
            return (read != null) ? read.error() : null;
        }
        catch (JacksonException ex) {
            return null;
        }
    }

    /** The HTTP status that the error stands for where it came without one. */
    int status() {
        if (this.code != null && this.code.matches("[45]\\d\\d")) {
            return Integer.parseInt(this.code);
        }
        return isAbout("rate_limit") || isAbout("overloaded") ? 429 : 400;
    }

    private boolean isAbout(String word) {
        return this.code != null && this.code.contains(word) || this.type != null && this.type.contains(word);
    }

    /** The message without the key, which some providers repeat, masked or not. */
    String messageWithout(String key) {
        if (this.message == null || this.message.isBlank()) {
            return "";
        }
        String without = this.message.replace(key, "***");
        String shortened = (without.length() <= MAX_MESSAGE_LENGTH) ? without
                : without.substring(0, MAX_MESSAGE_LENGTH) + "…";
        return shortened.replaceAll("[!-~]{0,200}\\*{3}[!-~]{0,200}", "***");
    }

    private record Body(@Nullable ProviderError error) {
    }

}
