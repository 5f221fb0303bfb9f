package dev.jobprocessor.faults;

import java.time.Duration;
import java.util.Map;

import dev.jobprocessor.local.ServiceProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ApiFaults {

    private static final int CLAIMED = 400;

    private static final int JOBS_IN_FLIGHT = 40;

    @Test
    void publishesWhatAnApiLeftThatWasKilledBeforeItPublished() throws Exception {
        try (Scenario scenario = Scenario.named("2 API killed between insert and publish")) {
            try (SubmissionLoad load = scenario.load()) {
                // Nothing that is inserted from now on reaches the broker.
                scenario.cluster().brokerOfApis().stall();
                int begun = scenario.model().begun();
                load.goOn(Duration.ofSeconds(4));
                assertThat(scenario.model().begun() - begun).as("jobs begun meanwhile").isLessThan(50);
                scenario.cluster().kill(scenario.cluster().api(0));
                scenario.cluster().brokerOfApis().cut();
                load.goOn(Duration.ofSeconds(4));
            }
            scenario.verdict();
        }
    }

    @Test
    @Tag("brief")
    void completesOnceWhatAnApiPublishedThatWasKilledBeforeItMarked() throws Exception {
        try (Scenario scenario = Scenario.named("3 API killed between publish and mark")) {
            try (SubmissionLoad load = scenario.load()) {
                // Jobs reach the workers, and no confirm reaches the APIs, so none is
                // marked.
                scenario.cluster().brokerOfApis().swallowAnswers();
                load.goOn(Duration.ofSeconds(3));
                await()
                    .untilAsserted(() -> assertThat(scenario.api().findAll()).as("jobs that are worked and not marked")
                        .anyMatch((job) -> !hasEvent(job, "PUBLISHED") && hasEvent(job, "COMPLETED")));
                scenario.cluster().kill(scenario.cluster().api(0));
                scenario.cluster().brokerOfApis().cut();
                load.goOn(Duration.ofSeconds(4));
            }
            scenario.verdict();
        }
    }

    @Test
    void givesNothingUpThoughItWasStoppedForLongerThanTheDeadline() throws Exception {
        try (Scenario scenario = withDeadline("21 API stopped for longer than the deadline", "1m")) {
            begin(scenario);
            stopForLongerThanTheDeadline(scenario, scenario.cluster().api(0));
            requireAllCompletedOnce(scenario);
            assertThat(timedOut(scenario)).as("given up").isZero();
        }
    }

    @Test
    @Tag("brief")
    void completesWhatTimedOutThoughItsResultComesLate() throws Exception {
        try (Scenario scenario = withDeadline("21b the same, and results come after that", "0s")) {
            scenario.cluster().webhook().behave((report) -> report.answer(503, new byte[0]));
            begin(scenario);
            stopForLongerThanTheDeadline(scenario, scenario.cluster().api(0));
            await().atMost(Scenario.RECOVERY).until(scenario.api()::noneIsPending);
            assertThat(timedOut(scenario)).as("given up").isEqualTo(JOBS_IN_FLIGHT);
            scenario.cluster().webhook().behave(Webhook.Report::passOn);
            await().atMost(Scenario.RECOVERY).until(() -> scenario.api().noneIs("FAILED"));
            requireAllCompletedOnce(scenario);
        }
    }

    @Test
    void completesWhatTimedOutWhileItsWorkerWasFrozen() throws Exception {
        try (Scenario scenario = withDeadline("21c worker frozen for longer than the deadline", "0s")) {
            begin(scenario);
            stopForLongerThanTheDeadline(scenario, scenario.cluster().worker(0));
            await().atMost(Scenario.RECOVERY).until(() -> scenario.api().noneIs("FAILED"));
            Verdict verdict = scenario.verdict();
            assertThat(verdict.completed()).isEqualTo(verdict.accepted());
            assertThat(timedOut(scenario)).as("given up meanwhile").isEqualTo(JOBS_IN_FLIGHT);
        }
    }

    @Test
    void claimsEachJobOnceThoughTheApiDiesMeanwhile() throws Exception {
        ClusterSetup setup = ClusterSetup.of(1, 2).withWorkerSettings(Map.of("WORKER_PREFETCH", "20"));
        try (Scenario scenario = Scenario.on("27 API dead at claim time", setup)) {
            scenario.submitBacklog(CLAIMED);
            for (int i = 0; i < 2; i++) {
                Thread.sleep(Duration.ofSeconds(2));
                // Claims are stored, and their workers do not learn it.
                scenario.cluster().webhookOfWorkers().swallowAnswers();
                Thread.sleep(Duration.ofSeconds(3));
                scenario.cluster().kill(scenario.cluster().api(0));
                scenario.cluster().webhookOfWorkers().resume();
                scenario.cluster().awaitReady();
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    private static Scenario withDeadline(String name, String grace) {
        return Scenario.on(name, ClusterSetup.of(1, 1)
            .withMockWork(Scenario.seconds(5, 3))
            .withApiSettings(
                    Map.of("JOBS_DEADLINE", Scenario.seconds(20, 8).toSeconds() + "s", "JOBS_DEADLINE_GRACE", grace)));
    }

    private static void begin(Scenario scenario) throws Exception {
        scenario.submitBacklog(JOBS_IN_FLIGHT);
        await().until(() -> scenario.api().hasStarted(JOBS_IN_FLIGHT));
    }

    private static void stopForLongerThanTheDeadline(Scenario scenario, ServiceProcess service) throws Exception {
        scenario.cluster().signal(service, "STOP");
        Thread.sleep(Scenario.seconds(40, 16));
        scenario.cluster().signal(service, "CONT");
    }

    private static long timedOut(Scenario scenario) throws Exception {
        return scenario.api()
            .findAll()
            .stream()
            .filter((job) -> job.get("prompt").stringValue().startsWith(Scenario.BACKLOG) && hasTimedOut(job))
            .count();
    }

    private static void requireAllCompletedOnce(Scenario scenario) throws Exception {
        Verdict verdict = scenario.verdict();
        assertThat(verdict.completed()).isEqualTo(verdict.accepted());
        assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
    }

    private static boolean hasTimedOut(JsonNode job) {
        return job.get("history").valueStream().anyMatch(Verdict::isTimeout);
    }

    private static boolean hasEvent(JsonNode job, String type) {
        return job.get("history").valueStream().anyMatch((event) -> event.get("type").stringValue().equals(type));
    }

    @Test
    void replaysWhatAKilledApiAnsweredToNobody() throws Exception {
        try (Scenario scenario = Scenario.named("2b API killed again and again")) {
            try (SubmissionLoad load = scenario.load()) {
                for (int i = 0; i < 4; i++) {
                    load.goOn(Scenario.OUTAGE.dividedBy(4));
                    scenario.cluster().kill(scenario.cluster().api(i % 3));
                }
            }
            scenario.verdict();
        }
    }

    @Test
    void restartsEverythingWithoutAnyoneNoticing() throws Exception {
        try (Scenario scenario = Scenario.named("18 rolling restart of everything")) {
            try (SubmissionLoad load = scenario.load()) {
                for (int i = 0; i < 3; i++) {
                    load.goOn(Duration.ofSeconds(2));
                    scenario.cluster().replaceApi(i);
                    scenario.cluster().replaceWorker(i);
                }
                load.goOn(Duration.ofSeconds(2));
            }
            Verdict verdict = scenario.verdict();
            assertThat(scenario.ledger().statuses()).as("answers of submits").isSubsetOf(200, 201);
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    /** Longer than the 10 s after which another API publishes an unmarked job again. */
    @Test
    void executesLongWorkOnceThoughEverythingIsRestarted() throws Exception {
        ClusterSetup setup = ClusterSetup.of(2, 2).withMockWork(Duration.ofSeconds(15));
        try (Scenario scenario = Scenario.on("22 rolling restart of everything, work of 15 s", setup)) {
            ProxiedCluster cluster = scenario.cluster();
            long relayed = cluster.logged(ProxiedCluster.RELAYED);
            try (SubmissionLoad load = scenario.load()) {
                for (int i = 0; i < 2; i++) {
                    load.goOn(Duration.ofSeconds(2));
                    cluster.replaceApi(i);
                    load.goOn(Duration.ofSeconds(2));
                    cluster.replaceWorker(i);
                }
                load.goOn(Duration.ofSeconds(2));
            }
            Verdict verdict = scenario.verdict();
            scenario.note("a relay published jobs %d times", cluster.logged(ProxiedCluster.RELAYED) - relayed);
            assertThat(cluster.logged("is killed")).as("killed before their work was done").isZero();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

}
