package dev.jobprocessor.worker.processing;

import jakarta.validation.Valid;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the processor.
 *
 * @param processor which processor to use
 */
@ConfigurationProperties("worker")
@Validated
record ProcessingSettings(@DefaultValue("mock") Kind processor, @DefaultValue @Valid MockProcessor.Settings mock,
        @DefaultValue @Valid N8nProcessor.Settings n8n, @DefaultValue @Valid OpenAiSettings openai) {

    enum Kind {

        MOCK, N8N, OPENAI

    }

}
