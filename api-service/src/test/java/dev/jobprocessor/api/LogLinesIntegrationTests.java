package dev.jobprocessor.api;

import java.util.Map;

import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends texts that would look like records of the log, or that terminals interpret. */
@ApiIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class LogLinesIntegrationTests {

    private static final String PACKAGE = "dev.jobprocessor.api";

    private static final String TEXT = "a\r\nforged\rforged\u001b[2Jforged\u0085forged\u2028forged";

    private static final String ESCAPED = "a%0D%0Aforged%1B[2Jforged".replace("[", "%5B");

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    private final LoggingSystem logging = LoggingSystem.get(LogLinesIntegrationTests.class.getClassLoader());

    @Autowired
    private ApiClient api;

    @BeforeEach
    void logEverything() {
        this.logging.setLogLevel(PACKAGE, LogLevel.TRACE);
    }

    @AfterEach
    void logAsBefore() {
        this.logging.setLogLevel(PACKAGE, null);
    }

    @Test
    void hasNoRecordThatAUserWrote(CapturedOutput output) {
        JobView job = this.api.submit(TEXT);
        String callback = "/jobs/webhook/callback";
        call("/jobs/" + job.id() + "/start", Map.of("attempt", 1, "worker", TEXT, "claim", TEXT, "redelivered", false));
        call("/jobs/" + job.id() + "/progress", Map.of("attempt", 1, "message", TEXT));
        call(callback, Map.of("jobId", job.id(), "attempt", 1, "status", "DEFERRED", "retryAfterSeconds", 1, "reason",
                TEXT, "error", TEXT));
        call(callback + "?job=" + ESCAPED + "&attempt=1", Map.of("result", TEXT));
        call(callback, Map.of("jobId", TEXT, "status", TEXT));
        call(callback, Map.of("jobId", job.id(), "status", "FAILED", "error", TEXT, "retryable", false));
        call("/jobs/" + ESCAPED + "/retry", Map.of());
        call("/queues/" + ESCAPED + "/pause", Map.of());
        call("/workers/" + ESCAPED + "/drain", Map.of());
        call("/workers/heartbeat", Map.of("name", TEXT, "version", TEXT));
        this.api.get("/jobs?q=" + ESCAPED + "&worker=" + ESCAPED + "&after=" + ESCAPED).retrieve().toBodilessEntity();
        assertThat(output.getAll()).contains("\tforged").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}&&[^\\n\\t]]");
        assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("forged"));
    }

    private void call(String path, Map<String, ?> body) {
        this.api.post(path, body, SECRET).retrieve().toBodilessEntity();
    }

}
