package dev.jobprocessor.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.faults.Saboteur.Access;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkerFaults {

    private static final int BACKLOG = Integer.getInteger("backlog", 50_000);

    private static final String DISPATCHER = "dev.jobprocessor.api.dispatch.JobDispatcher";

    private static final String ANNOUNCER = "dev.jobprocessor.worker.broker.BestEffortPublisher$Event";

    private static final String CONSUMER = "dev.jobprocessor.worker.broker.ReconnectingConsumer";

    private static final Duration READINESS = Duration.ofMinutes(2);

    /** Of Debian's package libfaketime. */
    private static final Path FAKE_TIME = Path
        .of(System.getProperty("faketime", "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"));

    @Test
    @Tag("brief")
    void completesJobsThatWereInFlightInKilledWorkers() throws Exception {
        try (Scenario scenario = Scenario.named("6 workers killed again and again in mid-work")) {
            try (SubmissionLoad load = scenario.load()) {
                for (int i = 0; i < 6; i++) {
                    load.goOn(Scenario.OUTAGE.dividedBy(6));
                    scenario.cluster().kill(scenario.cluster().worker(i % 3));
                }
            }
            Verdict verdict = scenario.verdict();
            assertThat(scenario.ledger().statuses()).as("answers of submits").containsExactly(201);
            assertThat(verdict.executedTwice()).as("executed twice: what was in flight").isNotEmpty();
        }
    }

    @Test
    void completesOnceWhatAFrozenWorkerTakesUpAgain() throws Exception {
        try (Scenario scenario = Scenario.named("7 worker frozen, taken over, resumed")) {
            scenario.model().takes(Duration.ofSeconds(3));
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(4));
                scenario.cluster().signal(scenario.cluster().worker(0), "STOP");
                load.goOn(Scenario.OUTAGE);
                scenario.cluster().signal(scenario.cluster().worker(0), "CONT");
                load.goOn(Duration.ofSeconds(3));
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice: what was taken over").isNotEmpty();
        }
    }

    @Test
    void worksOffAGreatBacklogInLittleMemory() throws Exception {
        try (Scenario scenario = Scenario.withWorkers("16 backlog with one worker", 0)) {
            scenario.model().takes(Duration.ZERO);
            scenario.submitBacklog(BACKLOG);
            scenario.note("%d jobs wait; api-service has %d MB of heap in use after a collection", BACKLOG,
                    scenario.cluster().heapMegabytes(scenario.cluster().api(0)));
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(5));
                scenario.cluster().addWorkers(1);
                load.goOn(Duration.ofSeconds(20));
            }
            scenario.note("submits meanwhile answered within %d ms (p50), %d ms (p99)", scenario.ledger().latency(50),
                    scenario.ledger().latency(99));
            scenario.verdict(Duration.ofMinutes(20));
            scenario.note("at the end api-service %d MB, worker %d MB (of 256 MB each)",
                    scenario.cluster().heapMegabytes(scenario.cluster().api(0)),
                    scenario.cluster().heapMegabytes(scenario.cluster().worker(0)));
            assertThat(scenario.ledger().statuses()).as("answers of submits").containsExactly(201);
        }
    }

    @Test
    void takesNoWorkerAtItsClocksWord() throws Exception {
        Assumptions.assumeTrue(Files.exists(FAKE_TIME), "libfaketime is not installed");
        try (Scenario scenario = Scenario.withWorkers("17 workers' clocks 10 minutes off", 0)) {
            scenario.cluster().addWorkers(1, clock("+10m"));
            scenario.cluster().addWorkers(1, clock("-10m"));
            scenario.cluster().awaitReady();
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Scenario.OUTAGE);
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
            List<String> implausible = new ArrayList<>();
            for (String id : scenario.ledger().accepted().keySet()) {
                if (!scenario.hasPlausibleTimes(id)) {
                    implausible.add(id);
                }
            }
            assertThat(implausible).as("started before they were made, or after their end").isEmpty();
        }
    }

    @Test
    @Tag("brief")
    void announcesStartsAgainAfterTheBrokerBrokeInMidPublish() throws Exception {
        try (Scenario scenario = Scenario.withMockWorker("18 broker lost in mid-publish", Duration.ofSeconds(2))) {
            Instant lost;
            try (SubmissionLoad load = scenario.load()) {
                for (int cut = 0; cut < 20; cut++) {
                    load.goOn(Duration.ofMillis(200));
                    scenario.cluster().brokerOfWorkers().cut();
                }
                scenario.cluster().broker().restart();
                lost = Instant.now();
                requireHonestReadiness(scenario);
            }
            if (!scenario.cluster().broker().isDurable()) {
                scenario.cluster().management().redispatch(scenario.cluster().api(0).managementPort(), lost);
            }
            scenario.verdict();
            requireStarts(scenario);
        }
    }

    @Test
    @Tag("brief")
    void goesOnThoughThreadsOfBothServicesFail() throws Exception {
        Access apiAccess = Access.prepare();
        Access workerAccess = Access.prepare();
        ClusterSetup setup = ClusterSetup.of(1, 1)
            .withMockWork(Duration.ofSeconds(2))
            .withApiSettings(apiAccess.settings())
            .withWorkerSettings(workerAccess.settings());
        try (Scenario scenario = Scenario.on("23 threads fail", setup);
                Saboteur api = Saboteur.attach(apiAccess);
                Saboteur worker = Saboteur.attach(workerAccess)) {
            ProxiedCluster cluster = scenario.cluster();
            List<Long> processes = List.of(cluster.pid(cluster.api(0)), cluster.pid(cluster.worker(0)));
            try (SubmissionLoad load = scenario.load()) {
                for (Class<? extends Throwable> failure : List.of(IllegalStateException.class,
                        OutOfMemoryError.class)) {
                    load.goOn(Duration.ofSeconds(2));
                    api.fail(DISPATCHER, "message", failure, () -> load.goOn(Duration.ofSeconds(1)));
                    worker.fail(ANNOUNCER, "message", failure, () -> load.goOn(Duration.ofSeconds(1)));
                    worker.fail(CONSUMER, "consume", failure, cluster.brokerOfWorkers()::cut);
                }
                load.goOn(Duration.ofSeconds(2));
            }
            scenario.verdict();
            assertThat(cluster.logged("Some jobs stay in the outbox, publishing failed unexpectedly")).isEqualTo(2);
            assertThat(cluster.logged("The thread best-effort-publisher failed, retrying")).isEqualTo(2);
            assertThat(cluster.logged("The thread consume-")).isEqualTo(2);
            assertThat(List.of(cluster.pid(cluster.api(0)), cluster.pid(cluster.worker(0)))).as("processes")
                .isEqualTo(processes);
            cluster.awaitReady();
            requireStarts(scenario);
        }
    }

    private static void requireHonestReadiness(Scenario scenario) {
        await().atMost(READINESS).until(() -> isReady(scenario));
        scenario.cluster().brokerOfWorkers().refuse();
        await().atMost(READINESS).until(() -> !isReady(scenario));
        scenario.cluster().brokerOfWorkers().resume();
        await().atMost(READINESS).until(() -> isReady(scenario));
    }

    private static boolean isReady(Scenario scenario) throws InterruptedException {
        return scenario.cluster().management().isReady(scenario.cluster().worker(0).managementPort());
    }

    /** A job that is submitted now is seen to start before it completes. */
    private static void requireStarts(Scenario scenario) throws Exception {
        String id = scenario.api().submitAll(List.of("is its start announced?")).getFirst();
        await().atMost(READINESS).until(() -> scenario.api().find(id).has("startedAt"));
        assertThat(scenario.api().find(id).get("status").stringValue()).isEqualTo("PENDING");
        assertThat(scenario.api().find(id).get("worker").stringValue()).isEqualTo("worker-1");
    }

    private static Map<String, String> clock(String offset) {
        return Map.of("LD_PRELOAD", FAKE_TIME.toString(), "FAKETIME", offset, "NO_FAKE_STAT", "1",
                // waits by the monotonic clock would not end
                "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    @Test
    void survivesCutNetworks() throws Exception {
        try (Scenario scenario = Scenario.named("15 networks of the workers cut")) {
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(3));
                scenario.cluster().brokerOfWorkers().refuse();
                load.goOn(Scenario.OUTAGE.dividedBy(3));
                scenario.cluster().brokerOfWorkers().resume();
                load.goOn(Duration.ofSeconds(3));
                scenario.cluster().webhookOfWorkers().refuse();
                load.goOn(Scenario.OUTAGE.dividedBy(3));
                scenario.cluster().webhookOfWorkers().resume();
                load.goOn(Duration.ofSeconds(3));
                scenario.cluster().webhookOfWorkers().stall();
                load.goOn(Scenario.OUTAGE.dividedBy(3));
                scenario.cluster().webhookOfWorkers().resume();
            }
            scenario.verdict();
            assertThat(scenario.ledger().statuses()).as("answers of submits").containsExactly(201);
        }
    }

}
