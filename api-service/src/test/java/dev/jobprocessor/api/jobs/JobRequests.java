package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What tests ask for. */
public final class JobRequests {

    private JobRequests() {
    }

    public static List<JobRequest> of(String... prompts) {
        return of(List.of(prompts));
    }

    public static JobRequest withTimeout(String prompt, int seconds) {
        return new JobRequest(prompt, seconds, null, null, null, null, null, null, null, null);
    }

    public static JobRequest withRetry(String prompt, RetryPolicy retry) {
        return new JobRequest(prompt, null, retry, null, null, null, null, null, null, null);
    }

    public static JobRequest inQueue(String queue, String prompt) {
        return new JobRequest(prompt, null, null, queue, null, null, null, null, null, null);
    }

    public static JobRequest scheduled(String prompt, @Nullable Instant runAt, @Nullable Instant expiresAt) {
        return new JobRequest(prompt, null, null, null, runAt, expiresAt, null, null, null, null);
    }

    public static JobRequest urgent(String prompt) {
        return new JobRequest(prompt, null, null, null, null, null, "high", null, null, null);
    }

    public static JobRequest labelled(String prompt, @Nullable Map<String, String> metadata,
            @Nullable List<String> tags) {
        return new JobRequest(prompt, null, null, null, null, null, null, metadata, tags, null);
    }

    public static List<JobRequest> of(List<String> prompts) {
        return prompts.stream().map(JobRequest::of).toList();
    }

}
