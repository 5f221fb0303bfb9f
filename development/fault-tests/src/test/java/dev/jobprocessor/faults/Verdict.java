package dev.jobprocessor.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * What became of the promises.
 *
 * @param attempted how many jobs clients asked for
 * @param accepted how many they were promised
 * @param completed how many jobs ended COMPLETED
 * @param lost accepted jobs that are gone or not at an end
 * @param completedTwice jobs that ended more than once in one attempt; a late result of
 * an attempt that had timed out is its only end
 * @param executedTwice jobs that were begun more than once
 * @param recovered jobs that were stored though their client never learned of it
 * @param unexpected jobs that nobody asked for, asked for once and stored twice, or
 * FAILED; and answers that the contract does not allow
 */
record Verdict(int attempted, int accepted, int completed, List<String> lost, List<String> completedTwice,
        List<String> executedTwice, int recovered, List<String> unexpected) {

    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

    private static final String TIMED_OUT = "The job timed out";

    /**
     * Compares the ledger with what is there.
     * @param jobs all jobs, with their histories
     * @param executions how often the job with a label was begun
     */
    static Verdict of(Ledger ledger, List<JsonNode> jobs, ToIntFunction<String> executions) {
        Map<String, String> accepted = ledger.accepted();
        Set<String> ended = ids(jobs.stream().filter((job) -> ENDS.contains(text(job, "status"))).toList());
        return new Verdict(ledger.attempted().size(), accepted.size(),
                (int) jobs.stream().filter((job) -> text(job, "status").equals("COMPLETED")).count(),
                accepted.keySet().stream().filter((id) -> !ended.contains(id)).toList(),
                jobs.stream().filter(Verdict::endedTwice).map((job) -> text(job, "id")).toList(),
                ledger.attempted().stream().filter((prompt) -> executions.applyAsInt(prompt) > 1).toList(),
                (int) jobs.stream().filter((job) -> isRecovered(job, ledger)).count(), unexpected(jobs, ledger));
    }

    private static Set<String> ids(Collection<JsonNode> jobs) {
        return jobs.stream().map((job) -> text(job, "id")).collect(Collectors.toSet());
    }

    private static boolean endedTwice(JsonNode job) {
        Set<Integer> attempts = new HashSet<>();
        return job.get("history")
            .valueStream()
            .filter((event) -> ENDS.contains(text(event, "type")) && !isTimeout(event))
            .anyMatch((event) -> !attempts.add(event.get("attempt").intValue()));
    }

    /** Whether an attempt was given up, which nobody had reported. */
    static boolean isTimeout(JsonNode event) {
        return text(event, "type").equals("FAILED") && event.path("detail").asString("").startsWith(TIMED_OUT);
    }

    private static boolean isRecovered(JsonNode job, Ledger ledger) {
        return !ledger.accepted().containsKey(text(job, "id")) && ledger.attempted().contains(label(job));
    }

    private static List<String> unexpected(List<JsonNode> jobs, Ledger ledger) {
        List<String> unexpected = new ArrayList<>(ledger.breaches());
        Set<String> prompts = new HashSet<>();
        for (JsonNode job : jobs) {
            String prompt = label(job);
            if (!ledger.attempted().contains(prompt)) {
                unexpected.add("nobody asked for " + prompt);
            }
            if (!prompts.add(prompt)) {
                unexpected.add("stored twice: " + prompt);
            }
            if (text(job, "status").equals("FAILED")) {
                unexpected.add("%s FAILED: %s".formatted(prompt, text(job, "error")));
            }
        }
        return unexpected;
    }

    private static String label(JsonNode job) {
        return Ledger.label(text(job, "prompt"));
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).stringValue();
    }

    static String heading() {
        return "%-58s %-15s %9s %8s %9s %4s %9s %8s %9s %10s".formatted("scenario", "broker", "attempted", "accepted",
                "completed", "lost", "completed", "executed", "recovered", "unexpected")
                + "%n%117s %8s".formatted("twice", "twice");
    }

    String line(String scenario, String broker) {
        return "%-58s %-15s %9d %8d %9d %4d %9d %8d %9d %10d".formatted(scenario, broker, this.attempted, this.accepted,
                this.completed, this.lost.size(), this.completedTwice.size(), this.executedTwice.size(), this.recovered,
                this.unexpected.size());
    }

}
