package dev.jobprocessor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills real processes of the real cluster: every job that was accepted completes, once.
 */
class ClusterFaultsIntegrationTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @TempDir
    private Path data;

    @BeforeAll
    static void waitForSlowMachines() {
        Awaitility.setDefaultTimeout(TIMEOUT);
    }

    @Test
    void completesAcceptedJobsThoughAWorkerAndTheApiAreKilled() throws Exception {
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, "2s");
                AcceptedJobs jobs = new AcceptedJobs(port)) {
            jobs.submit(100, 8);
            cluster.service("worker-1").destroyForcibly();
            Thread submitting = Thread.ofVirtual().start(() -> submitUninterrupted(jobs));
            await().until(() -> jobs.ids().size() > 150);
            cluster.service("api-service").destroyForcibly();
            submitting.join();
            awaitCompletion(jobs);
            assertThat(cluster.text()).contains("worker-1 ended with exit code 137")
                .contains("api-service ended with exit code 137");
        }
    }

    @Test
    void completesAcceptedJobsThoughEverythingIsKilledAtOnce() throws Exception {
        int port = Ports.require(0);
        try (AcceptedJobs jobs = new AcceptedJobs(port)) {
            ClusterProcess killed = ClusterProcess.start(this.data, port, "10m");
            jobs.submit(100, 8);
            // Now only the broker's memory knows that they are to be worked.
            await().until(() -> jobs.haveAll("PUBLISHED"));
            killed.killAll();
            try (ClusterProcess again = ClusterProcess.start(this.data, port, "2s")) {
                awaitCompletion(jobs);
                assertThat(again.text()).contains("100 unfinished jobs of the last time are published again");
            }
        }
    }

    @Test
    void worksNoJobTwiceThoughAWorkerIsStopped() throws Exception {
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, "2s");
                AcceptedJobs jobs = new AcceptedJobs(port)) {
            Thread submitting = Thread.ofVirtual().start(() -> submitUninterrupted(jobs));
            await().until(() -> jobs.ids().size() > 50);
            cluster.service("worker-1").destroy();
            submitting.join();
            awaitCompletion(jobs);
            // A start may be published too late to be recorded, but never twice.
            for (String id : jobs.ids()) {
                assertThat(jobs.count(id, "STARTED")).as("starts of " + id).isLessThanOrEqualTo(1);
            }
        }
    }

    private static void submitUninterrupted(AcceptedJobs jobs) {
        try {
            jobs.submit(200, 8);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitCompletion(AcceptedJobs jobs) throws IOException {
        assertThat(jobs.ids()).isNotEmpty();
        await().pollInterval(Duration.ofSeconds(1)).until(() -> jobs.unfinished() == 0);
        for (String id : jobs.ids()) {
            assertThat(jobs.count(id, "COMPLETED")).as("completions of " + id).isEqualTo(1);
        }
    }

}
