package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.jobprocessor.worker.callback.ErrorCode;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.hibernate.validator.constraints.time.DurationMin;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DefaultValue;

/** Simulates a workflow: waits and returns a result. */
final class MockProcessor implements Processor {

    private final Settings settings;

    private final JsonMapper json;

    private final Clock clock;

    MockProcessor(Settings settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mock";
    }

    @Override
    public Outcome process(Job job) throws InterruptedException {
        Thread.sleep(this.settings.delay());
        if (happens(this.settings.failureRatio())) {
            return new Outcome.Failed("The workflow failed, as worker.mock.failure-ratio asks for",
                    ErrorCode.WORKFLOW_ERROR);
        }
        return new Outcome.Completed(happens(this.settings.malformedRatio()) ? prose(job) : json(job));
    }

    private String json(Job job) {
        return this.json.writeValueAsString(new Result(true, "Processed job: " + job.id(), this.clock.instant()));
    }

    private static String prose(Job job) {
        return "Sure! Here is the result you asked for:\n\n{\"success\": true, \"message\": \"Processed job: %s"
            .formatted(job.id());
    }

    private static boolean happens(double ratio) {
        return ThreadLocalRandom.current().nextDouble() < ratio;
    }

    private record Result(boolean success, String message,
            @JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm:ss.SSSX", timezone = "UTC") Instant timestamp) {
    }

    /**
     * How the work is simulated.
     *
     * @param delay how long a job takes
     * @param failureRatio the share of jobs that fail, from 0 to 1
     * @param malformedRatio the share of the other jobs whose result is not JSON
     */
    record Settings(@DefaultValue("5s") @DurationMin Duration delay,
            @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double failureRatio,
            @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double malformedRatio) {
    }

}
