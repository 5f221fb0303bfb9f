package dev.jobprocessor.local;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, on the real cluster: runs the tests in ui/e2e. */
class DashboardIntegrationTests {

    /** Beside the default one. */
    private static final String QUEUE = "llm";

    /** Jobs take time enough for all that a test does with a running one. */
    private static final Map<String, String> SETTINGS = Map.of(ClusterProcess.WORK_TIME, "20s", "JOBS_QUEUES", QUEUE,
            "WORKER_QUEUES_DEFAULT_PROCESSOR", "mock", "WORKER_QUEUES_LLM_PROCESSOR", "mock");

    @TempDir
    private Path data;

    @TempDir
    private Path logs;

    @Test
    void passesItsBrowserTests() throws Exception {
        BrowserTests.requireChromium();
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, SETTINGS)) {
            BrowserTests.run(this.logs, "",
                    Map.of("E2E_BASE_URL", "http://localhost:" + port, "E2E_QUEUE", QUEUE, "E2E_STOP_API",
                            "kill -9 " + cluster.service("api-service").pid(),
                            // The launcher starts it again by itself.
                            "E2E_START_API", "true"));
        }
    }

}
