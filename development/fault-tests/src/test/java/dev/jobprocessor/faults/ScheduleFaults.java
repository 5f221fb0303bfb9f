package dev.jobprocessor.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs that are held back: until a time, or because their queue is paused. */
class ScheduleFaults {

    private static final String DUE = "due ";

    private static final String PAUSE = "/queues/default/pause";

    private static final String RESUME = "/queues/default/resume";

    private static final String WORK = "jobs.work";

    /** At least: two cores run the servers, the services and the load. */
    private static final int STARTED_PER_SECOND = 50;

    @Test
    void startsAndExpiresJobsByTheClockOfTheApi() throws Exception {
        WrongClock.assumeInstalled();
        try (Scenario scenario = Scenario.withWorkers("30 workers' clocks 10 minutes off, runAt and expiresAt", 0)) {
            scenario.cluster().addWorkers(1, WrongClock.by("+10m"));
            scenario.cluster().addWorkers(1, WrongClock.by("-10m"));
            scenario.cluster().awaitReady();
            List<String> expiring = IntStream.range(0, 50).mapToObj("expiring %d"::formatted).toList();
            expire(scenario, expiring);

            Instant due = Instant.now().plus(Scenario.seconds(30, 15));
            scenario.submitBacklog(DUE, 200, Map.of("runAt", due.toString()));
            scenario.submitBacklog("lasting ", 200,
                    Map.of("expiresAt", Instant.now().plus(Duration.ofMinutes(5)).toString()));
            requireAllOnce(scenario, scenario.verdict());
            requireNoneBefore(due, scenario, 200);
            assertThat(expiring).as("begun though they had expired")
                .allMatch((prompt) -> scenario.model().executions(prompt) == 0);
        }
    }

    /** No worker is given them before they expire. */
    private static void expire(Scenario scenario, List<String> prompts) throws Exception {
        scenario.api().post(PAUSE);
        List<String> ids = scenario.api()
            .submitAll(prompts, Map.of("expiresAt", Instant.now().plusSeconds(5).toString()));
        for (String id : ids) {
            await().atMost(Scenario.RECOVERY)
                .until(() -> "expired".equals(scenario.api().find(id).path("errorCode").asString("")));
        }
        scenario.api().post(RESUME);
        for (String id : ids) {
            assertThat(scenario.api().delete(id)).isEqualTo(204);
        }
    }

    @Test
    void startsEachOnceThoughTheBrokerIsRestartedWhileThousandsAreScheduled() throws Exception {
        int jobs = Scenario.pick(10_000, 500);
        try (Scenario scenario = Scenario.withWorkers("31 broker restarted while %d are scheduled".formatted(jobs),
                1)) {
            scenario.model().takes(Duration.ZERO);
            int before = scenario.model().begun();
            Instant due = Instant.now().plus(Scenario.seconds(90, 40));
            scenario.submitBacklog(DUE, jobs, Map.of("runAt", due.toString()));
            assertThat(Instant.now()).as("all are submitted").isBefore(due);
            scenario.cluster().broker().restart();

            await().atMost(Scenario.RECOVERY).until(() -> scenario.model().begun() - before > jobs / 10);
            scenario.cluster().broker().restart();
            Instant lost = Instant.now();
            if (!scenario.cluster().broker().isDurable()) {
                scenario.cluster().management().redispatch(scenario.cluster().api(0).managementPort(), lost);
            }
            Verdict verdict = scenario.verdict(Scenario.RECOVERY.plusSeconds(jobs / STARTED_PER_SECOND));
            scenario.note("all are completed %d s after they were due",
                    Duration.between(due, Instant.now()).toSeconds());
            requireAllOnce(scenario, verdict);
            requireNoneBefore(due, scenario, jobs);
        }
    }

    private static void requireNoneBefore(Instant due, Scenario scenario, int jobs) {
        List<Instant> begun = IntStream.range(0, jobs)
            .mapToObj((number) -> Objects.requireNonNull(scenario.model().begunAt(Ledger.label(DUE + number))))
            .sorted()
            .toList();
        scenario.note("they were begun %d ms (first) to %d ms (last) after they were due",
                Duration.between(due, begun.getFirst()).toMillis(), Duration.between(due, begun.getLast()).toMillis());
        assertThat(begun.getFirst()).as("begun first").isAfterOrEqualTo(due);
    }

    @Test
    void startsNothingOfAPausedQueueThoughEverythingIsRestarted() throws Exception {
        try (Scenario scenario = Scenario.named("32 rolling restart of everything while the queue is paused")) {
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(2));
                scenario.api().post(PAUSE);
                int begun = begunOnceItIsPaused(scenario);
                for (int i = 0; i < 3; i++) {
                    load.goOn(Duration.ofSeconds(2));
                    scenario.cluster().replaceApi(i);
                    scenario.cluster().replaceWorker(i);
                    assertThat(scenario.model().begun()).as("begun while it is paused").isEqualTo(begun);
                }
                load.goOn(Duration.ofSeconds(2));
                assertThat(scenario.model().begun()).as("begun while it is paused").isEqualTo(begun);
            }
            finally {
                scenario.api().post(RESUME);
            }
            Verdict verdict = scenario.verdict();
            assertThat(scenario.ledger().statuses()).as("answers of submits").isSubsetOf(200, 201);
            requireAllOnce(scenario, verdict);
        }
    }

    /** A job that was claimed before all workers knew of the pause begins. */
    private static int begunOnceItIsPaused(Scenario scenario) {
        await().atMost(Scenario.RECOVERY)
            .pollDelay(Duration.ofSeconds(3))
            .pollInterval(Duration.ofSeconds(3))
            .until(new Unchanged(scenario.model())::isSo);
        return scenario.model().begun();
    }

    @Test
    void executesOnceWhatIsPublishedTwiceAndNeverWhatWasCancelled() throws Exception {
        try (Scenario scenario = Scenario.named("34 published twice, or cancelled while they wait")) {
            scenario.api().post(PAUSE);
            begunOnceItIsPaused(scenario);
            scenario.submitBacklog("twice ", 50, Map.of());
            scenario.submitBacklog("cancelled ", 50, Map.of());
            for (String id : idsOf("cancelled ", scenario)) {
                scenario.api().post("/jobs/%s/cancel".formatted(id));
            }
            publishAllAgain(scenario, 100);
            scenario.api().post(RESUME);
            Verdict verdict = scenario.verdict();
            assertThat(verdict.completed()).as("completed").isEqualTo(verdict.accepted() - 50);
            await().atMost(Scenario.RECOVERY).until(() -> waiting(scenario) == 0);
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
            assertThat(scenario.ledger().accepted().values()).as("cancelled, and begun all the same")
                .noneMatch((label) -> label.startsWith("cancelled ") && scenario.model().executions(label) > 0);
        }
    }

    private static List<String> idsOf(String kind, Scenario scenario) {
        return scenario.ledger()
            .accepted()
            .entrySet()
            .stream()
            .filter((job) -> job.getValue().startsWith(kind))
            .map(Map.Entry::getKey)
            .toList();
    }

    private static void publishAllAgain(Scenario scenario, int messages) throws Exception {
        await().atMost(Scenario.RECOVERY).until(() -> waiting(scenario) == messages);
        try (Connection connection = BrokerFaults.connect(scenario); Channel channel = connection.createChannel()) {
            for (int i = 0; i < messages; i++) {
                GetResponse message = channel.basicGet(WORK, false);
                for (int copy = 0; copy < 2; copy++) {
                    channel.basicPublish("jobs", message.getEnvelope().getRoutingKey(), message.getProps(),
                            message.getBody());
                }
                channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
            }
        }
    }

    private static long waiting(Scenario scenario) throws Exception {
        try (Connection connection = BrokerFaults.connect(scenario); Channel channel = connection.createChannel()) {
            return channel.messageCount(WORK);
        }
    }

    private static void requireAllOnce(Scenario scenario, Verdict verdict) {
        scenario.note("submits answered within %d ms (p99)", scenario.ledger().latency(99));
        assertThat(verdict.completed()).as("completed").isEqualTo(verdict.accepted() + verdict.recovered());
        assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
    }

    /** Whether nothing was begun since it was asked last. */
    private static final class Unchanged {

        private final Model model;

        private int begun = -1;

        Unchanged(Model model) {
            this.model = model;
        }

        boolean isSo() {
            int last = this.begun;
            this.begun = this.model.begun();
            return this.begun == last;
        }

    }

}
