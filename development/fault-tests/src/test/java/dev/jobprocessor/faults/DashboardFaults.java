package dev.jobprocessor.faults;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.client.StompClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DashboardFaults {

    private static final int READING = 270;

    private static final int SILENT = 30;

    @Test
    void servesTheOthersThoughSomeDashboardsDoNotRead() throws Exception {
        try (Scenario scenario = Scenario.named("20 300 dashboards, some not reading")) {
            URI api = scenario.cluster().addresses().getFirst();
            List<CompletionListener> reading = new ArrayList<>();
            List<StompClient> silent = new ArrayList<>();
            for (int i = 0; i < READING; i++) {
                reading.add(new CompletionListener(api));
            }
            for (int i = 0; i < SILENT; i++) {
                silent.add(StompClient.silent(api));
            }
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Scenario.OUTAGE);
            }
            scenario.verdict();
            List<String> ids = List.copyOf(scenario.ledger().accepted().keySet());
            assertThat(reading).extracting(CompletionListener::end).as("readers cut off").containsOnly("");
            await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(reading.stream().filter((one) -> !one.completed().containsAll(ids)))
                    .as("readers who missed a job's end")
                    .isEmpty());
            scenario.note("api-service has %d MB of heap in use after a collection",
                    scenario.cluster().heapMegabytes(scenario.cluster().api(0)));
            // So many dashboards may be more than a small machine can serve: it says so.
            assertThat(scenario.ledger().statuses()).as("statuses of submits").isSubsetOf(200, 201, 503);
            for (StompClient client : silent) {
                client.close();
            }
            for (CompletionListener listener : reading) {
                listener.close();
            }
        }
    }

}
