package dev.jobprocessor.api.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The JSON format of HTTP and messages. */
@Configuration(proxyBeanMethods = false)
class JsonFormat {

    @Bean
    JsonMapperBuilderCustomizer strictStringsAndMilliseconds() {
        return (mapper) -> mapper
            .addModule(new SimpleModule().addSerializer(new Milliseconds())
                .addDeserializer(Instant.class, new IsoInstants()))
            .withCoercionConfig(LogicalType.Textual, (text) -> {
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            // An expression that found nothing is not an absent number.
            .withCoercionConfig(LogicalType.Integer,
                    (number) -> number.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Float,
                    (number) -> number.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
    }

    /** Numbers are none: nobody could tell seconds from milliseconds. */
    private static final class IsoInstants extends StdScalarDeserializer<Instant> {

        IsoInstants() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(getValueType(context), json);
            }
            try {
                return Instant.parse(json.getString());
            }
            catch (DateTimeParseException ex) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getString(), "not ISO-8601");
            }
        }

    }

    /** As JavaScript writes them: always three digits, so that they sort as text. */
    private static final class Milliseconds extends StdSerializer<Instant> {

        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

        Milliseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
            json.writeString(FORMAT.format(value));
        }

    }

}
