package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that follow jobs or wait for them, which the scenarios run themselves. */
class StreamFaults {

    private static final ClusterSetup SETUP = ClusterSetup.of(2, 0)
        .withApiSettings(Map.of("STREAMS_MAX", "1000", "STREAMS_HEARTBEAT", "2s", "WAITS_MAX", "1000"))
        .withApiOptions("-Xmx460m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int JOBS = 20;

    private static final int CLIENTS_OF_A_JOB = 25;

    private static final int SILENT = 200;

    private static final int FEW_BYTES = 4096;

    private static final String LONG = "x".repeat(64 * 1024);

    private static final Duration PAUSE = Duration.ofMillis(500);

    @Test
    @Tag("brief")
    void goesOnWithoutGapOrRepetitionThoughTheInstanceOfAThousandIsKilled() throws Exception {
        try (Scenario scenario = Scenario.on("35 API of 1,000 streams and waiting calls killed", SETUP);
                Clients clients = new Clients(scenario, scenario.cluster().addresses())) {
            List<URI> survivor = scenario.cluster().addresses().subList(1, 2);
            List<Workflow> workflows = clients.open(survivor);
            write(workflows, 6);
            scenario.cluster().kill(scenario.cluster().api(0));
            write(workflows, 6);
            clients.requireAllThatWasWritten(workflows);
            assertThat(clients.followers).as("connections of a stream").allMatch((one) -> one.connections() > 1);
        }
    }

    @Test
    void goesOnWithoutGapOrRepetitionThoughAllInstancesAreReplaced() throws Exception {
        try (Scenario scenario = Scenario.on("36 rolling restart under 1,000 streams and waiting calls", SETUP);
                Clients clients = new Clients(scenario, scenario.cluster().addresses())) {
            List<Workflow> workflows = clients.open(scenario.cluster().addresses());
            write(workflows, 4);
            for (int i = 0; i < 2; i++) {
                Thread replacing = replace(scenario, i);
                while (replacing.isAlive()) {
                    write(workflows, 1);
                }
                write(workflows, 4);
            }
            clients.requireAllThatWasWritten(workflows);
        }
    }

    private static Thread replace(Scenario scenario, int api) {
        return Thread.startVirtualThread(() -> scenario.cluster().replaceApi(api));
    }

    /** Streams are at one instance, what they show is reported to the other. */
    @Test
    void goesOnWithoutGapOrRepetitionThoughTheBrokerIsStartedAgain() throws Exception {
        try (Scenario scenario = Scenario.on("37 broker killed and started again under 1,000 streams", SETUP);
                Clients clients = new Clients(scenario, scenario.cluster().addresses().subList(0, 1))) {
            List<Workflow> workflows = clients.open(scenario.cluster().addresses().subList(1, 2));
            write(workflows, 4);
            scenario.cluster().broker().restart();
            write(workflows, 8);
            clients.requireAllThatWasWritten(workflows);
            assertThat(clients.followers).as("connections of a stream").allMatch((one) -> one.connections() == 1);
        }
    }

    @Test
    void cutsStreamsThatDoNotReadInLittleMemory() throws Exception {
        try (Scenario scenario = Scenario.on("38 200 streams that do not read", SETUP);
                Clients clients = new Clients(scenario, scenario.cluster().addresses().subList(0, 1))) {
            String job = scenario.api().submitAll(List.of("followed")).getFirst();
            Workflow workflow = new Workflow(scenario.cluster().addresses().subList(0, 1), job);
            long before = heap(scenario);
            for (int i = 0; i < SILENT; i++) {
                clients.silent(job);
            }
            await().until(() -> streams(scenario) == SILENT);
            long idle = heap(scenario);
            JobFollower reader = clients.follow(job);
            long most = idle;
            while (streams(scenario) != 1) {
                assertThat(workflow.written().length()).as("written, and still not cut").isLessThan(16 * 1024 * 1024);
                workflow.write(LONG);
                // What is written 256 KiB before the end is not kept for it.
                await().atMost(Scenario.RECOVERY).until(() -> reader.text().length() == workflow.written().length());
                most = Math.max(most, heap(scenario));
            }
            scenario.note("heap after a collection: %d MB, %d MB with %d streams, %d MB at most while they do not read",
                    before, idle, SILENT, most);
            assertThat(most - before).as("megabytes").isLessThan(SILENT / 4);
            clients.requireAllThatWasWritten(List.of(workflow));
        }
    }

    private static long heap(Scenario scenario) throws IOException {
        return scenario.cluster().heapMegabytes(scenario.cluster().api(0));
    }

    private static int streams(Scenario scenario) throws IOException, InterruptedException {
        return (int) scenario.cluster().management().metric(scenario.cluster().api(0).managementPort(), "jobs_streams");
    }

    private static void write(List<Workflow> workflows, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            for (Workflow workflow : workflows) {
                workflow.write("part %d, ".formatted(workflow.written().length()));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Half of them follow a job, half wait for it. */
    private static final class Clients implements AutoCloseable {

        private final List<JobFollower> followers = new ArrayList<>();

        private final List<WaitingClient> waiting = new ArrayList<>();

        private final List<Socket> silent = new ArrayList<>();

        private final Scenario scenario;

        private final List<URI> apis;

        Clients(Scenario scenario, List<URI> apis) {
            this.scenario = scenario;
            this.apis = apis;
        }

        /**
         * Starts jobs that report to these APIs, and returns once all follow and wait.
         */
        List<Workflow> open(List<URI> reportedTo) throws Exception {
            List<String> jobs = this.scenario.api()
                .submitAll(IntStream.range(0, JOBS).mapToObj((i) -> "followed " + i).toList());
            List<Workflow> workflows = new ArrayList<>();
            for (String job : jobs) {
                workflows.add(new Workflow(reportedTo, job));
                for (int i = 0; i < CLIENTS_OF_A_JOB; i++) {
                    follow(job);
                    this.waiting.add(new WaitingClient(this.apis, job));
                }
                awaitOpen("jobs_streams", this.followers.size());
                awaitOpen("jobs_waits", this.waiting.size());
            }
            return workflows;
        }

        /** So that few open at the same time, and none is refused. */
        private void awaitOpen(String metric, int count) {
            int port = this.scenario.cluster().api(0).managementPort();
            await().until(() -> this.scenario.cluster().management().metric(port, metric) == count);
        }

        JobFollower follow(String job) {
            this.followers.add(new JobFollower(this.apis, job));
            return this.followers.getLast();
        }

        /** Follows it without reading. */
        void silent(String job) throws IOException {
            URI api = this.apis.getFirst();
            Socket socket = new Socket();
            socket.setReceiveBufferSize(FEW_BYTES);
            socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
            socket.getOutputStream()
                .write("GET /jobs/%s/events HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(job, api.getAuthority())
                    .getBytes(UTF_8));
            this.silent.add(socket);
        }

        /** Every one gets all that its job wrote, then the end. */
        void requireAllThatWasWritten(List<Workflow> workflows) throws Exception {
            int each = this.followers.size() / workflows.size();
            for (int i = 0; i < this.followers.size(); i++) {
                JobFollower follower = this.followers.get(i);
                String written = workflows.get(i / each).written();
                await().atMost(Scenario.RECOVERY)
                    .untilAsserted(() -> assertThat(follower.text()).as("shown").isEqualTo(written));
            }
            for (Workflow workflow : workflows) {
                workflow.complete();
            }
            await().atMost(Scenario.RECOVERY)
                .untilAsserted(
                        () -> assertThat(this.followers).extracting(JobFollower::status).containsOnly("COMPLETED"));
            await().atMost(Scenario.RECOVERY)
                .untilAsserted(
                        () -> assertThat(this.waiting).extracting(WaitingClient::status).allMatch("COMPLETED"::equals));
            assertThat(this.followers.stream().flatMap((one) -> one.breaches().stream())).as("gaps and repetitions")
                .isEmpty();
            this.scenario.note("%d streams got all of %d characters and the end, by %d connections; %d calls the end",
                    this.followers.size(), workflows.stream().mapToInt((one) -> one.written().length()).sum(),
                    this.followers.stream().mapToInt(JobFollower::connections).sum(), this.waiting.size());
        }

        @Override
        public void close() throws IOException {
            this.followers.forEach(JobFollower::close);
            this.waiting.forEach(WaitingClient::close);
            for (Socket socket : this.silent) {
                socket.close();
            }
        }

    }

}
