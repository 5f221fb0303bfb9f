package dev.jobprocessor.worker.processing;

import java.util.Objects;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings {@code worker.queues.KEY.*}. A block that is not set is that of
 * {@link ProcessingSettings}.
 *
 * @param name the queue's name, where an environment variable cannot have it as the key;
 * null for the key
 * @param processor which processor to use; null for the default queue alone
 * @param concurrency how many of its jobs are in flight at once; null for what suits the
 * processor
 */
record QueueSettings(@Nullable String name, ProcessingSettings.@Nullable Kind processor,
        @Nullable @Min(1) @Max(65_535) Integer concurrency, @Valid MockProcessor.@Nullable Settings mock,
        @Valid N8nProcessor.@Nullable Settings n8n, @Nullable @Valid OpenAiSettings openai) {

    private static final String NAME = "[a-z0-9._-]{1,64}";

    ServedQueue of(String key, ProcessingSettings flat) {
        String prefix = "worker.queues." + key;
        String name = named(key, prefix);
        boolean isDefault = name.equals(WorkQueue.DEFAULT);
        return new ServedQueue(prefix, name, processor(prefix, isDefault ? flat.processor() : null),
                (isDefault && this.concurrency == null) ? flat.prefetch() : this.concurrency,
                Objects.requireNonNullElse(this.mock, flat.mock()), Objects.requireNonNullElse(this.n8n, flat.n8n()),
                Objects.requireNonNullElse(this.openai, flat.openai()));
    }

    private String named(String key, String prefix) {
        String name = Objects.requireNonNullElse(this.name, key);
        if (!name.matches(NAME)) {
            throw new InvalidConfigurationPropertyValueException(prefix + ".name", name,
                    "A queue's name has 1 to 64 characters of a-z, 0-9, '.', '_' and '-'.");
        }
        return name;
    }

    /** None that simulates work in place of one that was forgotten. */
    private ProcessingSettings.Kind processor(String prefix, ProcessingSettings.@Nullable Kind flat) {
        ProcessingSettings.Kind kind = (this.processor != null) ? this.processor : flat;
        if (kind == null) {
            throw new InvalidConfigurationPropertyValueException(prefix + ".processor", null,
                    "The queue needs a processor: mock, n8n or openai.");
        }
        return kind;
    }

}
