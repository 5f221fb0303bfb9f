package dev.jobprocessor.api.stats;

import java.util.List;
import java.util.Locale;

import dev.jobprocessor.api.jobs.JobQueues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Jobs")
class JobStatsController {

    private final JobStatsSnapshot snapshot;

    private final QueueStatsSnapshot queues;

    private final QueueSlots slots;

    JobStatsController(JobStatsSnapshot snapshot, QueueStatsSnapshot queues, QueueSlots slots) {
        this.snapshot = snapshot;
        this.queues = queues;
        this.slots = slots;
    }

    @GetMapping(path = "/jobs/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How many jobs there are, and how fast they are worked",
            description = "At most a second old. Costs the same however many jobs are stored.")
    JobStats stats() {
        return this.snapshot.stats();
    }

    @GetMapping(path = "/jobs/stats/queues", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What waits in each queue, and how fast its jobs are worked",
            description = "A few seconds old. Of the jobs of all queues that wait, are held back or run, the first "
                    + "10,000 of each kind are counted.")
    List<QueueStats> queues() {
        return this.queues.queues();
    }

    @GetMapping(path = "/jobs/stats/history", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What finished in the last hour, day or week, and how long it took",
            description = "In slots of a minute, ten minutes or an hour. Costs the same however many jobs there were.")
    QueueHistory history(
            @RequestParam(defaultValue = "hour") @Pattern(regexp = "hour|day|week",
                    message = "must be hour, day or week") String range,
            @RequestParam(required = false) @Pattern(regexp = JobQueues.NAME,
                    message = "{job.queue.name}") @Nullable String queue) {
        Series series = Series.valueOf(range.toUpperCase(Locale.ROOT));
        return new QueueHistory(series.slot().toSeconds(), this.slots.history(series, queue));
    }

}
