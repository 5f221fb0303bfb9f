package dev.jobprocessor.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the clients of one scenario asked for and were promised. */
final class Ledger {

    private static final int LABEL = 100;

    private final Set<String> attempted = ConcurrentHashMap.newKeySet();

    private final Map<String, String> accepted = new ConcurrentHashMap<>();

    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();

    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();

    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();

    /** What tells a job from all others, and is all that is kept of its prompt. */
    static String label(String prompt) {
        return prompt.substring(0, Math.min(prompt.length(), LABEL)).strip();
    }

    void attempted(String prompt) {
        this.attempted.add(label(prompt));
    }

    /** A promise was made: this job will be worked. */
    void accepted(String id, String prompt) {
        this.accepted.put(id, label(prompt));
    }

    /** Every answer of a submit, and after how many milliseconds it came. */
    void answered(int status, long millis) {
        this.statuses.add(status);
        this.latencies.add(millis);
    }

    /** Something that the contract does not allow. */
    void breach(String breach) {
        this.breaches.add(breach);
    }

    Set<String> attempted() {
        return this.attempted;
    }

    /** Labels by the ids of the jobs. */
    Map<String, String> accepted() {
        return this.accepted;
    }

    List<String> breaches() {
        return List.copyOf(this.breaches);
    }

    /** Every status that a submit was answered with. */
    Set<Integer> statuses() {
        return this.statuses;
    }

    /** Within how many milliseconds so many percent of the submits were answered. */
    long latency(int percent) {
        List<Long> sorted = new ArrayList<>(this.latencies);
        sorted.sort(null);
        return sorted.isEmpty() ? 0 : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

}
