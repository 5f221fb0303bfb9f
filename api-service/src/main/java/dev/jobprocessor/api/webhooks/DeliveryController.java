package dev.jobprocessor.api.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Webhooks")
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveryController {

    private static final Logger log = LoggerFactory.getLogger(DeliveryController.class);

    private static final int BATCH = 500;

    private static final int MAX_BATCHES = 20;

    private final Deliveries deliveries;

    private final Receivers receivers;

    private final Jobs jobs;

    private final Clock clock;

    DeliveryController(Deliveries deliveries, Receivers receivers, Jobs jobs, Clock clock) {
        this.deliveries = deliveries;
        this.receivers = receivers;
        this.jobs = jobs;
        this.clock = clock;
    }

    @GetMapping("/jobs/{id}/deliveries")
    @Operation(summary = "List the deliveries to a job's webhook, oldest first", description = "The first 100.")
    List<DeliveryView> list(@PathVariable String id) {
        List<Delivery> deliveries = this.deliveries.ofJob(id);
        if (deliveries.isEmpty() && this.jobs.find(id).isEmpty()) {
            throw new JobNotFound(id);
        }
        return deliveries.stream().map(DeliveryView::of).toList();
    }

    @PostMapping("/jobs/{id}/deliveries/{deliveryId}/redeliver")
    @Operation(summary = "Send a delivery again, at once and with all its attempts",
            description = "With the same webhook-id. A disabled receiver is enabled.")
    DeliveryView redeliver(@PathVariable String id, @PathVariable String deliveryId) {
        Delivery delivery = find(id, deliveryId);
        redeliver(List.of(delivery));
        return DeliveryView.of(find(id, deliveryId));
    }

    private Delivery find(String jobId, String id) {
        return this.deliveries.find(jobId, id).orElseThrow(DeliveryNotFound::new);
    }

    private void redeliver(List<Delivery> deliveries) {
        this.receivers.enable(deliveries.stream().map(Delivery::receiver).collect(Collectors.toSet()));
        this.deliveries.redeliver(deliveries.stream().map(Delivery::id).toList(), this.clock.instant());
    }

    @PostMapping("/deliveries/redeliver")
    @Operation(summary = "Send all failed deliveries again of jobs that ended since some time",
            description = "At most 10,000, oldest first; while there are more, call again.")
    Redelivered redeliverFailed(@Valid @RequestBody FailedSince failed) {
        int redelivered = 0;
        List<Delivery> batch;
        do {
            batch = this.deliveries.failed(Objects.requireNonNull(failed.since()), BATCH);
            redeliver(batch);
            redelivered += batch.size();
        }
        while (batch.size() == BATCH && redelivered < BATCH * MAX_BATCHES);
        log.info("{} failed deliveries are sent again", redelivered);
        return new Redelivered(redelivered, batch.size() == BATCH);
    }

    /**
     * Which failed deliveries.
     *
     * @param since when their jobs ended
     */
    record FailedSince(@NotNull(message = "must be a time") @Nullable Instant since) {

        FailedSince {
            since = (since != null) ? JobRequest.storable(since) : null;
        }

    }

    /**
     * What is sent again.
     *
     * @param deliveries how many
     * @param more whether there may be more
     */
    record Redelivered(int deliveries, boolean more) {
    }

}
