package dev.jobprocessor.faults;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import dev.jobprocessor.client.ApiClient;
import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DatabaseFaults {

    @Test
    @Tag("brief")
    void losesNoAcceptedJobWhileTheDatabaseIsUnavailable() throws Exception {
        try (Scenario scenario = Scenario.named("11 database unavailable")) {
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(3));
                scenario.cluster().databaseOfApis().refuse();
                load.goOn(Scenario.OUTAGE.multipliedBy(2).dividedBy(3));
                scenario.cluster().databaseOfApis().resume();
                load.goOn(Duration.ofSeconds(5));
            }
            scenario.verdict();
            assertThat(scenario.ledger().statuses()).as("answers of submits").isSubsetOf(200, 201, 503);
        }
    }

    @Test
    @Tag("brief")
    void storesOnceWhatIsSubmittedAgainWithItsKey() throws Exception {
        try (Scenario scenario = Scenario.named("12 insert applied, its answer lost")) {
            try (SubmissionLoad load = scenario.load()) {
                for (int i = 0; i < 3; i++) {
                    load.goOn(Duration.ofSeconds(2));
                    scenario.cluster().databaseOfApis().swallowAnswers();
                    load.goOn(Duration.ofSeconds(1));
                    scenario.cluster().databaseOfApis().cut();
                }
                load.goOn(Duration.ofSeconds(3));
            }
            scenario.verdict();
            assertThat(scenario.ledger().statuses()).as("answers of submits").isSubsetOf(200, 201, 503);
        }
    }

    @Test
    void answersEveryCallInSecondsThoughTheDatabaseIsStopped() throws Exception {
        requireAnswersInSeconds("11b database stopped under dashboards", TcpProxy::refuse);
    }

    @Test
    void answersEveryCallInSecondsThoughTheDatabaseIsFrozen() throws Exception {
        requireAnswersInSeconds("11c database frozen under dashboards", TcpProxy::stall);
    }

    /** An API that exited, for lack of memory say, would not respond. */
    private static void requireAnswersInSeconds(String name, Consumer<TcpProxy> outage) throws Exception {
        try (Scenario scenario = Scenario.withWorkers(name, 1)) {
            TcpProxy database = scenario.cluster().databaseOfApis();
            try (Storm storm = Storm.start(scenario, 200).under(200)) {
                storm.goOn(Duration.ofSeconds(3));
                long before = heap(scenario);
                outage.accept(database);
                storm.goOn(Scenario.seconds(60, 8));
                long after = heap(scenario);
                database.resume();
                requireServiceWithin(Duration.ofSeconds(5), scenario);
                scenario.note("heap after a collection: %d MB before, %d MB at the end of the outage", before, after);
                assertThat(after).as("heap").isLessThan(before + 50);
                storm.goOn(Duration.ofSeconds(3));
                requireAnswers(storm.polls(), 200, "polls", scenario);
            }
            requireAnswers(scenario.ledger(), 201, "submits", scenario);
            scenario.verdict();
        }
    }

    private static long heap(Scenario scenario) throws IOException {
        return scenario.cluster().heapMegabytes(scenario.cluster().api(0));
    }

    private static void requireServiceWithin(Duration timeout, Scenario scenario) {
        Instant back = Instant.now();
        int accepted = scenario.ledger().accepted().size();
        await().atMost(timeout)
            .until(() -> scenario.ledger().accepted().size() > accepted && isServing(scenario.api()));
        scenario.note("everything is served %d ms after the database is back",
                Duration.between(back, Instant.now()).toMillis());
    }

    private static void requireAnswers(Ledger ledger, int success, String calls, Scenario scenario) {
        scenario.note("%s answered %s within %d ms (p50), %d ms (p99), %d ms (max)", calls, ledger.statuses(),
                ledger.latency(50), ledger.latency(99), ledger.latency(100));
        assertThat(ledger.breaches()).as(calls).isEmpty();
        assertThat(ledger.statuses()).as("answers of " + calls).isSubsetOf(success, 503);
        assertThat(ledger.latency(100)).as("slowest of " + calls).isLessThan(3000);
    }

    private static boolean isServing(ApiClient api) throws Exception {
        return api.poll("/jobs").statusCode() == 200 && api.poll("/jobs/stats").statusCode() == 200
                && api.poll("/health").statusCode() == 200;
    }

}
