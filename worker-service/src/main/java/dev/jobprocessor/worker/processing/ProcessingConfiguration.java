package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.InstantSource;

import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.http.HttpConnections;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class ProcessingConfiguration {

    @Bean
    Processor processor(ProcessingSettings settings, CallbackSettings callback, RestClient.Builder http,
            HttpConnections connections, JsonMapper json, ResultMemory memory, Clock clock, InstantSource time) {
        return switch (settings.processor()) {
            case MOCK -> new MockProcessor(settings.mock(), json, clock);
            case N8N -> new N8nProcessor(settings.n8n(), callback, http, connections, json, clock, time);
            case OPENAI -> new OpenAiProcessor(settings.openai(), http, connections, json, memory, clock, time);
        };
    }

}
