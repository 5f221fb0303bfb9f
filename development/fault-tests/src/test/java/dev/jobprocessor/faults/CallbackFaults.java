package dev.jobprocessor.faults;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CallbackFaults {

    private final JsonMapper json = new JsonMapper();

    @Test
    void runsNoJobTwiceWhileTheWebhookIsUnavailable() throws Exception {
        try (Scenario scenario = Scenario.named("8 webhook answers 503, then slowly")) {
            Webhook webhook = scenario.cluster().webhook();
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(3));
                webhook.behave((report) -> report.answer(503, new byte[0]));
                load.goOn(Scenario.OUTAGE);
                webhook.behave((report) -> {
                    Thread.sleep(Duration.ofMillis(500));
                    report.passOn();
                });
                load.goOn(Duration.ofSeconds(8));
                webhook.behave(Webhook.Report::passOn);
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    @Test
    @Tag("brief")
    void completesOnceThoughTheAnswerIsLost() throws Exception {
        try (Scenario scenario = Scenario.named("9 callback applied, its answer lost")) {
            Set<String> cut = ConcurrentHashMap.newKeySet();
            scenario.cluster().webhook().treatEach((report) -> {
                if (cut.add(new String(report.body(), UTF_8))) {
                    report.tell(report.body());
                }
                else {
                    report.passOn();
                }
            });
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Scenario.OUTAGE);
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
            assertThat(cut).as("answers lost").hasSizeGreaterThan(verdict.accepted() / 2);
        }
    }

    @Test
    void takesTheFirstReportAndNoOther() throws Exception {
        try (Scenario scenario = Scenario.named("10 duplicate, stale, contradictory callbacks")) {
            ConcurrentLinkedQueue<Integer> wrong = new ConcurrentLinkedQueue<>();
            scenario.cluster().webhook().treatEach((report) -> {
                // A future attempt's, before the job's own: out of order.
                expect(wrong, report.tell(changed(report.body(), Map.of("attempt", 7))), 409);
                report.passOn();
                expect(wrong, report.tell(report.body()), 200);
                expect(wrong, report.tell(changed(report.body(), Map.of("result", "another"))), 409);
                expect(wrong, report.tell(changed(report.body(), Map.of("status", "FAILED", "error", "no"))), 409);
            });
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Scenario.OUTAGE);
            }
            Verdict verdict = scenario.verdict();
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
            assertThat(wrong).as("unexpected answers").isEmpty();
            for (String id : scenario.ledger().accepted().keySet()) {
                assertThat(scenario.api().find(id).get("result").stringValue()).contains("done");
            }
        }
    }

    @Test
    void refusesTheLateReportOfAnOlderAttempt() throws Exception {
        try (Scenario scenario = Scenario.named("10b late callback of an older attempt")) {
            ConcurrentLinkedQueue<Integer> late = new ConcurrentLinkedQueue<>();
            Set<String> held = ConcurrentHashMap.newKeySet();
            scenario.cluster().webhook().treatEach((report) -> {
                JsonNode body = this.json.readTree(report.body());
                String id = body.get("jobId").stringValue();
                if (body.get("attempt").intValue() == 1 && held.add(id)) {
                    // The user gives up and asks for another attempt while this report is
                    // on its way.
                    scenario.api().post("/jobs/%s/cancel".formatted(id));
                    scenario.api().post("/jobs/%s/retry".formatted(id));
                    HttpResponse<byte[]> answer = report.tell(report.body());
                    late.add(answer.statusCode());
                    report.answer(answer.statusCode(), answer.body());
                }
                else {
                    report.passOn();
                }
            });
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Scenario.OUTAGE.dividedBy(3));
            }
            await().atMost(Scenario.RECOVERY).until(() -> held.size() >= scenario.ledger().accepted().size());
            scenario.verdict();
            assertThat(late).containsOnly(409);
        }
    }

    private static void expect(ConcurrentLinkedQueue<Integer> wrong, HttpResponse<byte[]> answer, int status) {
        if (answer.statusCode() != status) {
            wrong.add(answer.statusCode());
        }
    }

    private byte[] changed(byte[] report, Map<String, Object> changes) {
        Map<String, Object> body = this.json.readerForMapOf(Object.class).readValue(report);
        body.putAll(changes);
        return this.json.writeValueAsBytes(body);
    }

}
