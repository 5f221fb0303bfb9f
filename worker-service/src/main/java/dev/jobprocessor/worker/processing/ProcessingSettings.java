package dev.jobprocessor.worker.processing;

import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What this worker works, and how.
 *
 * @param processor which processor the default queue uses
 * @param prefetch how many jobs of the default queue are in flight at once; null for what
 * suits the processor
 * @param queues the queues to serve; where there are none, the default queue
 */
@ConfigurationProperties("worker")
@Validated
record ProcessingSettings(@DefaultValue("mock") Kind processor, @Nullable @Min(1) @Max(65_535) Integer prefetch,
        @DefaultValue @Valid MockProcessor.Settings mock, @DefaultValue @Valid N8nProcessor.Settings n8n,
        @DefaultValue @Valid OpenAiSettings openai, @DefaultValue Map<String, @Valid QueueSettings> queues) {

    List<ServedQueue> served() {
        return this.queues.isEmpty()
                ? List.of(new ServedQueue("worker", WorkQueue.DEFAULT, this.processor, this.prefetch, this.mock,
                        this.n8n, this.openai))
                : this.queues.entrySet().stream().map((queue) -> queue.getValue().of(queue.getKey(), this)).toList();
    }

    enum Kind {

        MOCK, N8N, OPENAI

    }

}
