package dev.jobprocessor.api.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code jobs.queues}: which queues a new job may name. What is stored keeps its
 * queue when that is removed here.
 *
 * @param queues their names, of which {@value #DEFAULT} is always one
 */
@Validated
@ConfigurationProperties("jobs")
public record JobQueues(
        @DefaultValue List<@Pattern(regexp = JobQueues.NAME, message = "{job.queue.name}") String> queues) {

    /** The queue of jobs that name none. */
    public static final String DEFAULT = "default";

    /** Part of names of the broker's queues and routing keys. */
    public static final String NAME = "[a-z0-9._-]{1,64}";

    public JobQueues {
        queues = Stream.concat(Stream.of(DEFAULT), queues.stream()).distinct().toList();
    }

    public boolean contains(String queue) {
        return this.queues.contains(queue);
    }

    /** As jobs name them: null is the default queue. */
    public static List<@Nullable String> stored(Collection<String> queues) {
        List<@Nullable String> stored = new ArrayList<>();
        queues.forEach((queue) -> stored.add(queue.equals(DEFAULT) ? null : queue));
        return stored;
    }

}
