package dev.jobprocessor.faults;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTests {

    private final JsonMapper json = new JsonMapper();

    private final Ledger ledger = new Ledger();

    private final List<JsonNode> jobs = new ArrayList<>();

    @Test
    void findsNothingWhereAllPromisesAreKept() {
        promise("1", "a");
        store("1", "a", "COMPLETED", "CREATED 1", "STARTED 1", "COMPLETED 1");
        assertThat(verdict()).isEqualTo(new Verdict(1, 1, 1, List.of(), List.of(), List.of(), 0, List.of()));
    }

    @Test
    void findsLostJobs() {
        promise("1", "gone");
        promise("2", "stuck");
        store("2", "stuck", "PENDING", "CREATED 1");
        assertThat(verdict().lost()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void findsJobsThatFinishedTwiceInOneAttempt() {
        promise("1", "a");
        store("1", "a", "COMPLETED", "COMPLETED 1", "FAILED 1");
        promise("2", "b");
        store("2", "b", "COMPLETED", "FAILED 1", "RETRIED 2", "COMPLETED 2");
        assertThat(verdict().completedTwice()).containsExactly("1");
    }

    @Test
    void takesALateResultForTheOnlyEndOfAnAttemptThatTimedOut() {
        promise("1", "a");
        store("1", "a", "COMPLETED", "FAILED 1 The job timed out: it was not reported.", "COMPLETED 1");
        promise("2", "b");
        store("2", "b", "COMPLETED", "FAILED 1 The job timed out: it was not reported.", "COMPLETED 1", "COMPLETED 1");
        assertThat(verdict().completedTwice()).containsExactly("2");
    }

    @Test
    void findsJobsThatWereStartedTwice() {
        promise("1", "a");
        promise("2", "b");
        Verdict verdict = Verdict.of(this.ledger, this.jobs, (prompt) -> prompt.equals("b") ? 2 : 1);
        assertThat(verdict.executedTwice()).containsExactly("b");
    }

    @Test
    void countsJobsWhoseClientNeverLearnedOfThem() {
        this.ledger.attempted("a");
        store("1", "a", "COMPLETED", "COMPLETED 1");
        assertThat(verdict().recovered()).isEqualTo(1);
        assertThat(verdict().unexpected()).isEmpty();
    }

    @Test
    void findsWhatNobodyExpects() {
        promise("1", "a");
        store("1", "a", "COMPLETED", "COMPLETED 1");
        store("2", "a", "COMPLETED", "COMPLETED 1");
        store("3", "b", "COMPLETED", "COMPLETED 1");
        promise("4", "c");
        store("4", "c", "FAILED", "FAILED 1");
        this.ledger.breach("A submit was answered 500");
        assertThat(verdict().unexpected()).containsExactly("A submit was answered 500", "stored twice: a",
                "nobody asked for b", "c FAILED: broken");
    }

    private Verdict verdict() {
        return Verdict.of(this.ledger, this.jobs, (prompt) -> 1);
    }

    private void promise(String id, String prompt) {
        this.ledger.attempted(prompt);
        this.ledger.accepted(id, prompt);
    }

    private void store(String id, String prompt, String status, String... events) {
        List<JsonNode> history = new ArrayList<>();
        for (String event : events) {
            String[] parts = event.split(" ", 3);
            history.add(this.json.createObjectNode()
                .put("type", parts[0])
                .put("attempt", Integer.parseInt(parts[1]))
                .put("detail", (parts.length > 2) ? parts[2] : null));
        }
        this.jobs.add(this.json.createObjectNode()
            .put("id", id)
            .put("prompt", prompt)
            .put("status", status)
            .put("error", "broken")
            .set("history", this.json.valueToTree(history)));
    }

}
