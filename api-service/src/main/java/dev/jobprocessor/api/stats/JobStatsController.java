package dev.jobprocessor.api.stats;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Jobs")
class JobStatsController {

    private final JobStatsSnapshot snapshot;

    JobStatsController(JobStatsSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    @GetMapping(path = "/jobs/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How many jobs there are, and how fast they are worked",
            description = "At most a second old. Costs the same however many jobs are stored.")
    JobStats stats() {
        return this.snapshot.stats();
    }

}
