package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.jobprocessor.client.StompClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On an API with as much heap as its image has in a container of 768 MB. The worker, of
 * whose small heap nothing is asked here, does not make a thousand large calls at once.
 */
class MemoryFaults {

    private static final ClusterSetup SETUP = ClusterSetup.of(1, 1)
        .withWorkerSettings(Map.of("WORKER_PREFETCH", "200"))
        .withApiOptions("-Xmx460m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int BATCHES = 64;

    private static final int SOCKETS = 2000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    @Test
    @Tag("brief")
    void servesTheOthersThoughManyLargeBatchesComeAtOnce() throws Exception {
        try (Scenario scenario = Scenario.on("28 64 large batches at once", SETUP)) {
            long process = scenario.cluster().pid(scenario.cluster().api(0));
            List<Integer> answers;
            try (SubmissionLoad load = scenario.load()) {
                List<CompletableFuture<Integer>> batches = IntStream.range(0, BATCHES)
                    .mapToObj((number) -> submit(scenario, new LargeBatch(number, number % 2 == 0)))
                    .toList();
                load.goOn(Scenario.OUTAGE);
                answers = batches.stream().map(CompletableFuture::join).toList();
            }
            scenario.note("%d of %d batches were accepted; the other submits were answered within %d ms (p99)",
                    answers.stream().filter((status) -> status == 201).count(), BATCHES, scenario.ledger().latency(99));
            Verdict verdict = scenario.verdict();
            assertThat(answers).as("answers of batches").isSubsetOf(201, 503);
            requireOthersServed(scenario, process);
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    /** Those for which there is no memory are refused. */
    @Test
    void servesTheOthersThoughThousandsOfSocketsDoNotRead() throws Exception {
        try (Scenario scenario = Scenario.on("29 2,000 sockets that do not read", SETUP)) {
            URI api = scenario.cluster().addresses().getFirst();
            requireOthersServed(scenario, () -> StompClient.silent(api));
        }
    }

    @Test
    void servesTheOthersThoughThousandsOfSocketsSendNothing() throws Exception {
        try (Scenario scenario = Scenario.on("29b 2,000 sockets that send nothing", SETUP)) {
            URI api = scenario.cluster().addresses().getFirst();
            requireOthersServed(scenario, () -> {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), (int) CONNECT_TIMEOUT.toMillis());
                return socket;
            });
        }
    }

    private static void requireOthersServed(Scenario scenario, Callable<AutoCloseable> connect) throws Exception {
        long process = scenario.cluster().pid(scenario.cluster().api(0));
        List<AutoCloseable> sockets = new ArrayList<>();
        try (SubmissionLoad load = scenario.load()) {
            for (int i = 0; i < SOCKETS; i++) {
                open(connect, sockets);
            }
            load.goOn(Scenario.OUTAGE);
            scenario.note("%d of %d sockets were opened; api-service has %d MB of heap in use after a collection",
                    sockets.size(), SOCKETS, scenario.cluster().heapMegabytes(scenario.cluster().api(0)));
        }
        scenario.note("the other submits were answered within %d ms (p50), %d ms (p99)", scenario.ledger().latency(50),
                scenario.ledger().latency(99));
        scenario.verdict();
        requireOthersServed(scenario, process);
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
    }

    private static void open(Callable<AutoCloseable> connect, List<AutoCloseable> sockets) throws Exception {
        try {
            sockets.add(connect.call());
        }
        catch (IOException ex) {
            // refused
        }
    }

    private static CompletableFuture<Integer> submit(Scenario scenario, LargeBatch batch) {
        Ledger ledger = scenario.ledger();
        batch.prompts().forEach(ledger::attempted);
        return scenario.api().submitAll(batch.body()).thenApply((response) -> {
            if (response.statusCode() == 201) {
                accepted(batch.prompts(), scenario.api().ids(response), ledger);
            }
            else if (response.headers().firstValue("Retry-After").isEmpty()) {
                ledger.breach("A batch was answered %d without Retry-After".formatted(response.statusCode()));
            }
            return response.statusCode();
        });
    }

    private static void accepted(List<String> prompts, List<String> ids, Ledger ledger) {
        IntStream.range(0, ids.size()).forEach((i) -> ledger.accepted(ids.get(i), prompts.get(i)));
    }

    /** On a small machine the database may not keep up meanwhile: then it is said so. */
    private static void requireOthersServed(Scenario scenario, long process) {
        assertThat(scenario.cluster().pid(scenario.cluster().api(0))).as("process of the API").isEqualTo(process);
        assertThat(scenario.ledger().statuses()).as("answers of the other submits").isSubsetOf(200, 201, 503);
        assertThat(scenario.ledger().attempted()).as("clients who ask until they are served")
            .filteredOn((prompt) -> prompt.contains(SubmissionLoad.INSISTING))
            .isSubsetOf(scenario.ledger().accepted().values());
    }

}
