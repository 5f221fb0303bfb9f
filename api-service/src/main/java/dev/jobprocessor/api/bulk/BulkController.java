package dev.jobprocessor.api.bulk;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobAction;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Operations on many jobs")
@RequestMapping(path = "/bulk", produces = MediaType.APPLICATION_JSON_VALUE)
class BulkController {

    private static final Logger log = LoggerFactory.getLogger(BulkController.class);

    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final BulkOperations operations;

    /** For every dashboard, which poll it. */
    private final SharedSnapshot<List<BulkView>> list;

    private final BulkJobs jobs;

    private final Caller caller;

    private final Clock clock;

    BulkController(BulkOperations operations, BulkJobs jobs, Caller caller, Clock clock, DatabaseSettings database) {
        this.operations = operations;
        this.list = new SharedSnapshot<>(() -> operations.all().stream().map(BulkView::of).toList(), MAX_AGE,
                database.callTimeout());
        this.jobs = jobs;
        this.caller = caller;
        this.clock = clock;
    }

    @PostMapping
    @Operation(summary = "Retry, cancel or delete all jobs that match a filter",
            description = "Runs in the background, in batches, whatever restarts. The filter has the parameters of GET /jobs; "
                    + "{} is all jobs whose state allows the action. Jobs that are created, or end, later are not touched. "
                    + "With dryRun, the jobs are counted and nothing is done.")
    @ApiResponse(responseCode = "200", description = "How many jobs match",
            content = @Content(schema = @Schema(implementation = Matching.class)))
    @ApiResponse(responseCode = "202", description = "The operation runs",
            content = @Content(schema = @Schema(implementation = BulkView.class)))
    ResponseEntity<Object> request(@Valid @RequestBody BulkRequest request) {
        Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        JobAction action = Objects.requireNonNull(request.action());
        BulkFilter filter = Objects.requireNonNull(request.filter());
        long total = this.jobs.count(action, filter, now);
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(new Matching(total));
        }
        BulkOperation operation = BulkOperation.requested(action, filter, this.caller.name(), now, total);
        this.operations.insert(operation);
        this.list.invalidate();
        log.info("The operation {} ({}) on {} jobs is requested", operation.id(), action, total);
        return ResponseEntity.accepted().location(URI.create("/bulk/" + operation.id())).body(BulkView.of(operation));
    }

    @GetMapping
    @Operation(summary = "List the operations that run, and the last that ended, newest first",
            description = "At most a second old.")
    List<BulkView> list() {
        return this.list.get();
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read an operation and how far it is")
    BulkView find(@PathVariable String id) {
        return BulkView.of(this.operations.find(id).orElseThrow(OperationNotFound::new));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Cancel an operation",
            description = "The batch that is in flight is finished, at most 100 jobs; what is done is not undone. One that has "
                    + "ended stays as it is.")
    BulkView cancel(@PathVariable String id) {
        find(id);
        this.operations.cancel(id, this.clock.instant());
        this.list.invalidate();
        return find(id);
    }

    /**
     * What is to be done to which jobs.
     *
     * @param dryRun whether they are only counted; null for no
     */
    record BulkRequest(@NotNull(message = "must be retry, cancel or delete") @Nullable JobAction action,
            @Valid @NotNull(
                    message = "must have the parameters of GET /jobs, or be {} for all") @Nullable BulkFilter filter,
            @Nullable Boolean dryRun) {
    }

    /**
     * What a dry run returns.
     *
     * @param total how many jobs match
     */
    @Schema(requiredProperties = "total")
    record Matching(long total) {
    }

}
