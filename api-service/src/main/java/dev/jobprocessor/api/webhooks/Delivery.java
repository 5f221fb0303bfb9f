package dev.jobprocessor.api.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

import dev.jobprocessor.api.jobs.Job;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An end of a job that its webhook is notified of.
 *
 * @param id of the job, its attempt and state, which every instance derives alike; sent
 * as {@code webhook-id}
 * @param owner who submitted the job; null where access was open
 * @param host of the URL, with its port
 * @param payload JSON, as it was when the job ended
 * @param attempts how many failed or succeeded since it was sent first, or again
 * @param due when it is attempted next, unless an instance that leased it has; null once
 * it is not
 * @param lease of which instance, and of when
 * @param httpStatus of the last attempt that was answered
 * @param answer the beginning of its body
 * @param error why the last attempt failed
 */
@Document(Delivery.COLLECTION)
record Delivery(String id, String jobId, @Nullable String owner, String url, String host, String type, String payload,
        Status status, Instant createdAt, int attempts, @Nullable Instant due, @Nullable ObjectId lease,
        @Nullable Instant attemptedAt, @Nullable Integer httpStatus, @Nullable String answer, @Nullable String error) {

    static final String COLLECTION = "webhook-deliveries";

    static Delivery of(Job job, String url, String type, String payload, Instant now) {
        return new Delivery(id(job), job.id(), job.submittedBy(), url, host(url), type, payload, Status.PENDING, now, 0,
                now, null, null, null, null, null);
    }

    private static String id(Job job) {
        return "%s-%d-%s".formatted(job.id(), job.attempt(), job.status().name().toLowerCase(Locale.ROOT));
    }

    private static String host(String url) {
        URI uri = URI.create(url);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
        return host + ":" + ((uri.getPort() != -1) ? uri.getPort() : encrypted ? 443 : 80);
    }

    Delivery leased(ObjectId lease, Instant until) {
        return new Delivery(this.id, this.jobId, this.owner, this.url, this.host, this.type, this.payload, this.status,
                this.createdAt, this.attempts, until, lease, this.attemptedAt, this.httpStatus, this.answer,
                this.error);
    }

    /** Which receiver it is for: one host may be several submitters'. */
    String receiver() {
        return Receiver.id(this.owner, this.host);
    }

    /** Whether it is left to this instance for so long. */
    boolean isLeasedUntil(Instant time) {
        return !Objects.requireNonNull(this.due).isBefore(time);
    }

    /** What became of it so far. */
    enum Status {

        PENDING, DELIVERED, FAILED

    }

}
