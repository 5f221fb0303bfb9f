package dev.jobprocessor.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.faults.Saboteur.Access;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkerFaults {

    private static final int BACKLOG = Integer.getInteger("backlog", 50_000);

    private static final String DISPATCHER = "dev.jobprocessor.api.dispatch.JobDispatcher";

    private static final String ANNOUNCER = "dev.jobprocessor.worker.broker.BestEffortPublisher$Event";

    private static final String CONSUMER = "dev.jobprocessor.worker.broker.ReconnectingConsumer";

    private static final Duration READINESS = Duration.ofMinutes(2);

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final int CANCELLED = 50;

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
    void executesOnceWhatIsClaimedUnlessItsWorkerWasKilled() throws Exception {
        try (Scenario scenario = Scenario.withWorkers("24 worker killed while it holds claims", 2)) {
            scenario.model().takes(Duration.ofSeconds(3));
            try (SubmissionLoad load = scenario.load()) {
                for (int i = 0; i < 3; i++) {
                    load.goOn(Duration.ofSeconds(4));
                    scenario.cluster().kill(scenario.cluster().worker(0));
                }
                load.goOn(Duration.ofSeconds(4));
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice: what was redelivered").isNotEmpty();
            requireAClaimForEachExecution(scenario);
            assertThat(starters(scenario, verdict.executedTwice())).as("who executed first what was executed twice")
                .containsOnly("worker-1");
        }
    }

    @Test
    void handsWhatASilentWorkerHasClaimedToOthers() throws Exception {
        // The broker does not notice that a worker is silent.
        ClusterSetup setup = ClusterSetup.of(1, 2)
            .withWorkerSettings(Map.of("SPRING_RABBITMQ_REQUESTEDHEARTBEAT", "10m"));
        try (Scenario scenario = Scenario.on("25 silent worker's claims taken over", setup)) {
            scenario.model().takes(Duration.ofSeconds(10));
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(4));
                scenario.cluster().signal(scenario.cluster().worker(0), "STOP");
                scenario.note("%d jobs had begun when a worker froze", scenario.model().begun());
                await().atMost(READINESS).until(() -> scenario.cluster().logged("jobs that it had claimed go to") > 0);
                load.goOn(Duration.ofSeconds(2));
                scenario.cluster().signal(scenario.cluster().worker(0), "CONT");
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice: what was taken over").isNotEmpty();
            requireAClaimForEachExecution(scenario);
            assertThat(starters(scenario, verdict.executedTwice())).as("who executed first what was executed twice")
                .containsOnly("worker-1");
        }
    }

    @Test
    void interruptsCancelledJobsThoughTheControlFanoutIsLost() throws Exception {
        try (Scenario scenario = Scenario.withWorkers("26 control fanout lost", 2)) {
            scenario.model().takes(Duration.ofMinutes(10));
            submit(scenario, 0);
            scenario.note("%d calls interrupted %.1f s after the first was cancelled", CANCELLED,
                    seconds(() -> cancelAll(scenario, CANCELLED)));
            submit(scenario, CANCELLED);
            scenario.cluster().brokerOfApis().refuse();
            scenario.note("%d calls interrupted %.1f s after the first was cancelled without the fanout", CANCELLED,
                    seconds(() -> cancelAll(scenario, 2 * CANCELLED)));
            scenario.api().post("/queues/default/pause");
            scenario.note("2 workers paused %.1f s after that was asked for without the fanout",
                    seconds(() -> awaitLogged(scenario, "Paused: no longer consuming", 2)));
            scenario.cluster().brokerOfApis().resume();
            scenario.api().post("/queues/default/resume");
            scenario.model().takes(Duration.ofSeconds(1));
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(5));
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    /** Waits until so many calls were interrupted since the start. */
    private static void cancelAll(Scenario scenario, int interrupted) throws Exception {
        for (String id : scenario.api().pending()) {
            scenario.api().post("/jobs/" + id + "/cancel");
        }
        awaitLogged(scenario, "Interrupted after", interrupted);
    }

    /** At the latest, each worker's next heartbeat tells it what to do. */
    private static void awaitLogged(Scenario scenario, String line, int times) {
        await().atMost(HEARTBEAT.multipliedBy(2)).until(() -> scenario.cluster().logged(line) == times);
    }

    private static void submit(Scenario scenario, int first) throws Exception {
        scenario.submitBacklog(first, CANCELLED);
        await().until(() -> scenario.api().hasStarted(CANCELLED));
    }

    private static double seconds(Task task) throws Exception {
        Instant start = Instant.now();
        task.run();
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }

    private interface Task {

        void run() throws Exception;

    }

    /** Nothing is executed that the API did not let start. */
    private static void requireAClaimForEachExecution(Scenario scenario) throws Exception {
        List<String> unclaimed = scenario.api()
            .findAll()
            .stream()
            .filter((job) -> scenario.model().executions(label(job)) > starts(job).size())
            .map(WorkerFaults::label)
            .toList();
        assertThat(unclaimed).as("executed without a claim").isEmpty();
    }

    /** The workers that started these jobs first. */
    private static Set<String> starters(Scenario scenario, List<String> labels) throws Exception {
        return scenario.api()
            .findAll()
            .stream()
            .filter((job) -> labels.contains(label(job)))
            .map((job) -> starts(job).getFirst())
            .collect(Collectors.toSet());
    }

    private static String label(JsonNode job) {
        return Ledger.label(job.get("prompt").stringValue());
    }

    private static List<String> starts(JsonNode job) {
        return job.get("history")
            .valueStream()
            .filter((event) -> event.get("type").stringValue().equals("STARTED"))
            .map((event) -> event.get("detail").stringValue())
            .toList();
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
        WrongClock.assumeInstalled();
        try (Scenario scenario = Scenario.withWorkers("17 workers' clocks 10 minutes off", 0)) {
            scenario.cluster().addWorkers(1, WrongClock.by("+10m"));
            scenario.cluster().addWorkers(1, WrongClock.by("-10m"));
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
        try (Scenario scenario = Scenario.withMockWorker("41 broker lost in mid-publish", Duration.ofSeconds(2))) {
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
