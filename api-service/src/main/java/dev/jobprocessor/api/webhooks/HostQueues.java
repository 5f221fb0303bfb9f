package dev.jobprocessor.api.webhooks;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Deliveries that this instance has leased, by host: a slow one delays its own alone.
 */
class HostQueues {

    static final int MAX_QUEUED = 200;

    static final int MAX_TOTAL = 5000;

    private final int maxPerHost;

    private final Map<String, HostQueue> hosts = new HashMap<>();

    private int total;

    HostQueues(int maxPerHost) {
        this.maxPerHost = maxPerHost;
    }

    /** How many more of a host may be leased. */
    synchronized int room(String host) {
        HostQueue queue = this.hosts.get(host);
        return Math.min(MAX_TOTAL - this.total, MAX_QUEUED - ((queue != null) ? queue.waiting.size() : 0));
    }

    /** Hosts of which so many wait that no more need to be leased soon. */
    synchronized List<String> full() {
        return this.hosts.entrySet()
            .stream()
            .filter((host) -> host.getValue().waiting.size() > MAX_QUEUED / 2)
            .map(Map.Entry::getKey)
            .toList();
    }

    /**
     * Adds one.
     * @return whether a further thread is to send those of its host
     */
    synchronized boolean add(Delivery delivery) {
        HostQueue queue = this.hosts.computeIfAbsent(delivery.host(), (host) -> new HostQueue());
        queue.waiting.add(delivery);
        this.total++;
        boolean more = queue.threads < this.maxPerHost;
        queue.threads += more ? 1 : 0;
        return more;
    }

    /** Returns the next of a host; null where there is none: its thread ends. */
    synchronized @Nullable Delivery next(String host) {
        HostQueue queue = Objects.requireNonNull(this.hosts.get(host));
        Delivery next = queue.waiting.poll();
        if (next != null) {
            this.total--;
        }
        else if (--queue.threads == 0) {
            this.hosts.remove(host);
        }
        return next;
    }

    /** Removes all that wait. */
    synchronized List<Delivery> clear() {
        List<Delivery> all = this.hosts.values().stream().flatMap((queue) -> queue.waiting.stream()).toList();
        this.hosts.values().forEach((queue) -> queue.waiting.clear());
        this.total = 0;
        return all;
    }

    private static final class HostQueue {

        private final Queue<Delivery> waiting = new ArrayDeque<>();

        private int threads;

    }

}
