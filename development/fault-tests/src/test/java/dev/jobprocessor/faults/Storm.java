package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/**
 * Clients that come at an even rate and submit once, whatever becomes of those before,
 * and dashboards that poll every two seconds. Ledgers hold what each was answered, and
 * how fast.
 */
final class Storm implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(2);

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    private final AtomicInteger submissions = new AtomicInteger();

    private final Ledger polls = new Ledger();

    private final Scenario scenario;

    private final int perSecond;

    private Storm(Scenario scenario, int perSecond) {
        this.scenario = scenario;
        this.perSecond = perSecond;
    }

    /** Begins to submit so many jobs a second. */
    static Storm start(Scenario scenario, int perSecond) {
        Storm storm = new Storm(scenario, perSecond);
        storm.repeat(storm::submit, TimeUnit.SECONDS.toNanos(1) / perSecond);
        return storm;
    }

    /** Adds dashboards. */
    Storm under(int dashboards) {
        repeat(this::poll, POLL.toNanos() / dashboards);
        return this;
    }

    private void repeat(Runnable call, long nanos) {
        this.clock.scheduleAtFixedRate(() -> this.clients.execute(call), 0, nanos, TimeUnit.NANOSECONDS);
    }

    /** Lets as many more clients come as come in this time. */
    void goOn(Duration time) {
        int goal = this.submissions.get() + (int) (time.toMillis() * this.perSecond / 1000);
        await().atMost(time.multipliedBy(2).plusSeconds(10)).until(() -> this.submissions.get() >= goal);
    }

    /** What dashboards were answered. */
    Ledger polls() {
        return this.polls;
    }

    private void poll() {
        call(() -> this.scenario.api().poll("/jobs"), this.polls);
        call(() -> this.scenario.api().poll("/jobs/stats"), this.polls);
    }

    private void submit() {
        int number = this.submissions.incrementAndGet();
        String prompt = "storm " + number;
        Ledger ledger = this.scenario.ledger();
        ledger.attempted(prompt);
        call(() -> {
            HttpResponse<byte[]> response = this.scenario.api().submit(prompt, null, number);
            if (response.statusCode() == 201) {
                ledger.accepted(this.scenario.api().read(response, 201).get("id").stringValue(), prompt);
            }
            return response;
        }, ledger);
    }

    private static void call(Call call, Ledger ledger) {
        long start = System.nanoTime();
        try {
            int status = call.make().statusCode();
            ledger.answered(status, Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        catch (IOException ex) {
            ledger.breach("No answer: " + ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends when the last client has its answer. */
    @Override
    public void close() {
        this.clock.shutdownNow();
        this.clients.close();
    }

    private interface Call {

        HttpResponse<byte[]> make() throws IOException, InterruptedException;

    }

}
