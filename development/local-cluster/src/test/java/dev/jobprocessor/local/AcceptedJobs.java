package dev.jobprocessor.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.jobprocessor.client.ApiClient;

/** Jobs that a client submitted, over some connections, and that were accepted. */
final class AcceptedJobs implements AutoCloseable {

    private final Queue<String> ids = new ConcurrentLinkedQueue<>();

    private final ApiClient api;

    AcceptedJobs(int port) {
        this.api = new ApiClient(List.of(URI.create("http://localhost:" + port)));
    }

    /**
     * Submits jobs as fast as so many connections can, and returns when each was accepted
     * or refused.
     */
    void submit(int count, int connections) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> all = IntStream.range(0, connections)
                .<Future<?>>mapToObj((i) -> clients.submit(() -> submitWhile(left)))
                .toList();
            clients.shutdown();
            clients.awaitTermination(5, TimeUnit.MINUTES);
            all.forEach(Future::resultNow);
        }
    }

    private Void submitWhile(AtomicInteger left) throws InterruptedException {
        while (left.getAndDecrement() > 0) {
            submit();
        }
        return null;
    }

    private void submit() throws InterruptedException {
        try {
            HttpResponse<byte[]> response = this.api.submit("Summarise this", null, 0);
            this.ids.add(this.api.read(response, 201).get("id").stringValue());
        }
        catch (IOException ex) {
            // Not accepted: nobody was promised anything.
        }
    }

    List<String> ids() {
        return List.copyOf(this.ids);
    }

    /** How many are not COMPLETED; all of them while the API is unavailable. */
    long unfinished() {
        return ids().stream().filter((id) -> !isCompleted(id)).count();
    }

    private boolean isCompleted(String id) {
        try {
            return this.api.find(id).get("status").stringValue().equals("COMPLETED");
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** Whether an event stands in the history of every job. */
    boolean haveAll(String event) throws IOException {
        for (String id : ids()) {
            if (count(id, event) == 0) {
                return false;
            }
        }
        return true;
    }

    /** How often an event stands in a job's history. */
    long count(String id, String event) throws IOException {
        return this.api.find(id)
            .get("history")
            .valueStream()
            .filter((entry) -> entry.get("type").stringValue().equals(event))
            .count();
    }

    @Override
    public void close() {
        this.api.close();
    }

}
