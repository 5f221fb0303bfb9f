package dev.jobprocessor.api.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a client wants to be notified that a job has ended.
 *
 * @param url of http or https, at most 2,048 characters, without user info and fragment;
 * with the profile prod, of https and no private address
 * @param events of which ends; of all where it is absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobWebhook(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = WebhookAddresses.MAX_URL_LENGTH) @WebhookUrl @Nullable String url,
        @Nullable List<@NotNull(message = "{job.webhook.event}") @Pattern(regexp = JobWebhook.EVENT,
                message = "{job.webhook.event}") String> events) {

    static final String EVENT = "job\\.(completed|failed|cancelled)";

    private static final Set<String> ALL = JobStatus.deletable()
        .stream()
        .map(JobWebhook::event)
        .collect(Collectors.toSet());

    public JobWebhook {
        events = (events != null && !events.isEmpty() && !events.containsAll(ALL)) ? events.stream().distinct().toList()
                : null;
    }

    /** The event that a job reaches this terminal state. */
    public static String event(JobStatus status) {
        return "job." + status.name().toLowerCase(Locale.ROOT);
    }

    public boolean wants(String event) {
        return this.events == null || this.events.contains(event);
    }

}
