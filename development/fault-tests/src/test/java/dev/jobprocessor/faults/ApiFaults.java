package dev.jobprocessor.faults;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ApiFaults {

    @Test
    void publishesWhatAnApiLeftThatWasKilledBeforeItPublished() throws Exception {
        try (Scenario scenario = Scenario.named("2 API killed between insert and publish")) {
            try (Load load = scenario.load()) {
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
            try (Load load = scenario.load()) {
                // Jobs reach the workers, and no confirm reaches the APIs, so none is
                // marked.
                scenario.cluster().brokerOfApis().swallowAnswers();
                load.goOn(Duration.ofSeconds(3));
                assertThat(scenario.api().findAll()).as("jobs that are worked and not marked")
                    .anyMatch((job) -> !hasEvent(job, "PUBLISHED") && hasEvent(job, "COMPLETED"));
                scenario.cluster().kill(scenario.cluster().api(0));
                scenario.cluster().brokerOfApis().cut();
                load.goOn(Duration.ofSeconds(4));
            }
            scenario.verdict();
        }
    }

    private static boolean hasEvent(JsonNode job, String type) {
        return job.get("history").valueStream().anyMatch((event) -> event.get("type").stringValue().equals(type));
    }

    @Test
    void replaysWhatAKilledApiAnsweredToNobody() throws Exception {
        try (Scenario scenario = Scenario.named("2b API killed again and again")) {
            try (Load load = scenario.load()) {
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
            try (Load load = scenario.load()) {
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

}
