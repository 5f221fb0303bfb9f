package dev.jobprocessor.faults;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseFaults {

    @Test
    @Tag("brief")
    void losesNoAcceptedJobWhileTheDatabaseIsUnavailable() throws Exception {
        try (Scenario scenario = Scenario.named("11 database unavailable")) {
            try (Load load = scenario.load()) {
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
            try (Load load = scenario.load()) {
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

}
