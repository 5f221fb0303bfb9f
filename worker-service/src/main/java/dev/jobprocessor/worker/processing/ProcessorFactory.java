package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.InstantSource;

import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.http.HttpConnections;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Creates each queue's processor, which keeps to the limits of that queue alone. */
@Component
class ProcessorFactory {

    private final CallbackSettings callback;

    private final RestClient.Builder http;

    private final HttpConnections connections;

    private final JsonMapper json;

    private final ResultMemory memory;

    private final PartialOutput output;

    private final Clock clock;

    private final InstantSource time;

    ProcessorFactory(CallbackSettings callback, RestClient.Builder http, HttpConnections connections, JsonMapper json,
            ResultMemory memory, PartialOutput output, Clock clock, InstantSource time) {
        this.callback = callback;
        this.http = http;
        this.connections = connections;
        this.json = json;
        this.memory = memory;
        this.output = output;
        this.clock = clock;
        this.time = time;
    }

    /**
     * Creates a processor.
     * @throws InvalidConfigurationPropertyValueException if a setting that it needs is
     * missing or unusable
     */
    Processor create(ServedQueue queue) {
        try {
            return switch (queue.processor()) {
                case MOCK -> new MockProcessor(queue.mock(), this.json, this.clock);
                case N8N -> new N8nProcessor(queue.n8n(), this.callback, this.http, this.connections, this.json,
                        this.clock, this.time);
                case OPENAI -> new OpenAiProcessor(queue.openai(), this.http, this.connections, this.json, this.memory,
                        this.output, this.clock, this.time);
            };
        }
        catch (InvalidConfigurationPropertyValueException ex) {
            throw new InvalidConfigurationPropertyValueException(ex.getName().replaceFirst("worker", queue.prefix()),
                    ex.getValue(), ex.getReason());
        }
    }

}
