package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The job and attempt that a report names, though it cannot be read as a whole.
 *
 * @param attempt 1 or more; null where the report names none
 */
record ReportedJob(String id, @Nullable Integer attempt) {

    private static final String ID = "jobId";

    private static final String ATTEMPT = "attempt";

    /** Takes what templates make of texts that they do not escape. */
    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS, JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                JsonReadFeature.ALLOW_MISSING_VALUES, JsonReadFeature.ALLOW_TRAILING_COMMA)
        .build();

    /** A field of a form, in a URL's encoding or as a part of its own. */
    private static final Pattern FORM_FIELD = Pattern
        .compile("(?:^|&|name=\")(" + ID + "|" + ATTEMPT + ")(?:=|\"\\R\\R)(\\w{1,100})");

    /**
     * Finds them in a JSON object, itself and not what is nested in it, up to where it is
     * malformed or ends, or in a form.
     */
    static Optional<ReportedJob> in(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).stripLeading();
        Map<String, String> fields = (text.startsWith("{") || text.startsWith("[")) ? fieldsOfJson(body)
                : fieldsOfForm(text);
        return Optional.ofNullable(fields.get(ID))
            .map((id) -> new ReportedJob(id, CallbackUrl.attempt(fields.get(ATTEMPT))));
    }

    private static Map<String, String> fieldsOfJson(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if ((value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)
                        && (name.equals(ID) || name.equals(ATTEMPT))) {
                    fields.put(name, json.getString());
                }
                json.skipChildren();
            }
        }
        catch (JacksonException ex) {
            // What follows is unreadable, which is the reason for the refusal.
        }
        return fields;
    }

    private static Map<String, String> fieldsOfForm(String body) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FORM_FIELD.matcher(body);
        while (field.find()) {
            fields.putIfAbsent(field.group(1), field.group(2));
        }
        return fields;
    }

}
