package dev.jobprocessor.api.failures;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.database.SharedSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Failures")
@RequestMapping(path = "/failures", produces = MediaType.APPLICATION_JSON_VALUE)
class FailureController {

    /** However many poll it, one query in this time. */
    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Map<String, Duration> PERIODS = Map.of("hour", Duration.ofHours(1), "day", Duration.ofDays(1),
            "week", Duration.ofDays(7), "month", Duration.ofDays(30));

    private final Map<String, SharedSnapshot<Failures>> snapshots = new HashMap<>();

    FailureController(FailedJobs jobs, Clock clock) {
        PERIODS.forEach((name, period) -> this.snapshots.put(name,
                new SharedSnapshot<>(() -> jobs.since(clock.instant().minus(period)), MAX_AGE, TIMEOUT)));
    }

    @GetMapping
    @Operation(summary = "Group the jobs that failed lately by queue and reason",
            description = "Errors that differ in numbers and ids alone are one. Of the jobs that are FAILED, the last 100,000 are "
                    + "looked at; at most 200 groups. At most 5 seconds old.")
    Failures list(@RequestParam(defaultValue = "day") @Pattern(regexp = "hour|day|week|month",
            message = "must be hour, day, week or month") String period) {
        return Objects.requireNonNull(this.snapshots.get(period)).get();
    }

}
