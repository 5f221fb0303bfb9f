package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.jobprocessor.client.ApiClient;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Submits jobs at an even rate, whatever becomes of those before. Every second client has
 * an Idempotency-Key and asks until its job is accepted; the others ask once and never
 * learn more than the first answer.
 */
final class SubmissionLoad implements AutoCloseable {

    /** In the prompts of the clients who ask until their job is accepted. */
    static final String INSISTING = "insisting";

    private static final int PER_SECOND = 50;

    private static final Duration RETRY = Duration.ofMillis(500);

    private static final Duration INSISTENCE = Duration.ofMinutes(3);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    private final AtomicInteger submissions = new AtomicInteger();

    private final String name;

    private final ApiClient api;

    private final Ledger ledger;

    private final String keys = UUID.randomUUID().toString();

    private SubmissionLoad(String name, ApiClient api, Ledger ledger) {
        this.name = name;
        this.api = api;
        this.ledger = ledger;
    }

    static SubmissionLoad start(String name, ApiClient api, Ledger ledger) {
        SubmissionLoad load = new SubmissionLoad(name, api, ledger);
        long period = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        load.clock.scheduleAtFixedRate(() -> load.clients.execute(load::insistOrAsk), 0, period, TimeUnit.NANOSECONDS);
        return load;
    }

    /** Has four clients submit some jobs as fast as each is accepted. */
    static void oneAfterAnother(String name, ApiClient api, Ledger ledger, int jobs) {
        try (SubmissionLoad load = new SubmissionLoad(name, api, ledger);
                ExecutorService clients = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, jobs).forEach((i) -> clients.execute(load::insist));
        }
    }

    /** Lets as many more clients come as come in this time. */
    void goOn(Duration time) {
        int goal = this.submissions.get() + (int) (time.toMillis() * PER_SECOND / 1000);
        await().atMost(time.multipliedBy(2).plusMinutes(1)).until(() -> this.submissions.get() >= goal);
    }

    private void insistOrAsk() {
        if (this.submissions.get() % 2 == 0) {
            insist();
        }
        else {
            ask();
        }
    }

    private void ask() {
        int number = this.submissions.incrementAndGet();
        String prompt = prompt("asking", number);
        try {
            isAccepted(prompt, null, number);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void insist() {
        int number = this.submissions.incrementAndGet();
        String prompt = prompt(INSISTING, number);
        Instant end = Instant.now().plus(INSISTENCE);
        try {
            int turn = number;
            while (!isAccepted(prompt, "%s-%d".formatted(this.keys, number), turn++) && Instant.now().isBefore(end)) {
                Thread.sleep(RETRY);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private String prompt(String manner, int number) {
        String prompt = "%s, %s %d".formatted(this.name, manner, number);
        this.ledger.attempted(prompt);
        return prompt;
    }

    private boolean isAccepted(String prompt, @Nullable String key, int turn) throws InterruptedException {
        Instant start = Instant.now();
        try {
            HttpResponse<byte[]> response = this.api.submit(prompt, key, turn);
            this.ledger.answered(response.statusCode(), Duration.between(start, Instant.now()).toMillis());
            return isAccepted(prompt, response);
        }
        catch (IOException ex) {
            return false;
        }
    }

    private boolean isAccepted(String prompt, HttpResponse<byte[]> response) throws IOException {
        switch (response.statusCode()) {
            case 200, 201 -> {
                String id = this.api.read(response, response.statusCode()).get("id").stringValue();
                this.ledger.accepted(id, prompt);
                return true;
            }
            case 503 -> {
                if (response.headers().firstValue("Retry-After").isEmpty()) {
                    this.ledger.breach("503 without Retry-After");
                }
                return false;
            }
            default -> {
                this.ledger.breach("A submit was answered " + response.statusCode());
                return false;
            }
        }
    }

    /** Ends when the last client has its answer or has given up. */
    @Override
    public void close() {
        this.clock.shutdownNow();
        this.clients.close();
    }

}
