package dev.jobprocessor.worker.processing;

import org.jspecify.annotations.Nullable;

/**
 * All settings of a queue, wherever they are set.
 *
 * @param prefix of the properties that set them
 * @param concurrency null for what suits the processor
 */
record ServedQueue(String prefix, String name, ProcessingSettings.Kind processor, @Nullable Integer concurrency,
        MockProcessor.Settings mock, N8nProcessor.Settings n8n, OpenAiSettings openai) {
}
