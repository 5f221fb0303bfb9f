package dev.jobprocessor.api.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
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
        return (mapper) -> mapper.addModule(new SimpleModule().addSerializer(new Milliseconds()))
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
