package dev.jobprocessor.worker.processing;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a message's content: a text, or typed parts of which the texts count and what the
 * model thought does not.
 */
final class ContentReader extends ValueDeserializer<@Nullable String> {

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        return parser.isExpectedStartArrayToken() ? joined(parser, context) : context.readValue(parser, String.class);
    }

    private static String joined(JsonParser parser, DeserializationContext context) {
        StringBuilder texts = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Part part = context.readValue(parser, Part.class);
            texts.append((part != null) ? part.shown() : "");
            if (texts.length() > ChatCompletion.MAX_TEXT_LENGTH) {
                throw new StreamConstraintsException("The parts are longer than a text may be");
            }
        }
        return texts.toString();
    }

    private record Part(@Nullable String type, @Nullable String text) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Part of(String text) {
            return new Part("text", text);
        }

        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        Part {
        }

        String shown() {
            return ("text".equals(this.type) || "output_text".equals(this.type)) && this.text != null ? this.text : "";
        }

    }

}
