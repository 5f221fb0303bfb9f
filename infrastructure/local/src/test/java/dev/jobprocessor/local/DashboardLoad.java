package dev.jobprocessor.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Follows the jobs over many WebSockets while they change, and prints how late changes
 * were. Not among the tests of every build; it is run by {@code -Dit.test=DashboardLoad}
 * and takes {@code -Dclients=}, {@code -Drate=} (jobs a second, each of which changes
 * three times) and {@code -Dseconds=}.
 */
class DashboardLoad {

    private static final int CLIENTS = Integer.getInteger("clients", 200);

    private static final int RATE = Integer.getInteger("rate", 34);

    private static final int SECONDS = Integer.getInteger("seconds", 60);

    @TempDir
    private Path data;

    @Test
    void everyDashboardHearsOfEveryChange() throws Exception {
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, "5s"); Jobs jobs = new Jobs(port)) {
            submit(jobs, RATE * 10);
            await().atMost(Duration.ofMinutes(5)).until(jobs::noneIsPending);
            List<Dashboard> dashboards = connect(port);
            List<String> before = jobs.accepted();
            submit(jobs, RATE * SECONDS);
            await().atMost(Duration.ofMinutes(5)).until(jobs::noneIsPending);
            List<String> watched = new ArrayList<>(jobs.accepted());
            watched.removeAll(before);
            await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(dashboards).allSatisfy((dashboard) -> dashboard.sawEnd(watched)));
            report(dashboards, cluster);
        }
    }

    // At an even rate: a job that is answered late makes none after it late.
    private static void submit(Jobs jobs, int count) throws InterruptedException {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                clock.schedule(() -> clients.execute(jobs::submit), i * 1_000_000L / RATE, TimeUnit.MICROSECONDS);
            }
            clock.shutdown();
            assertThat(clock.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static List<Dashboard> connect(int port) {
        HttpClient http = HttpClient.newHttpClient();
        List<Dashboard> dashboards = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Dashboard dashboard = new Dashboard();
            http.newWebSocketBuilder().buildAsync(URI.create("ws://localhost:" + port + "/ws"), dashboard).join();
            dashboards.add(dashboard);
        }
        await().until(() -> dashboards.stream().allMatch((dashboard) -> dashboard.subscribed));
        return dashboards;
    }

    private static void report(List<Dashboard> dashboards, ClusterProcess cluster) throws Exception {
        List<Long> delays = dashboards.stream().flatMap((dashboard) -> dashboard.delays.stream()).sorted().toList();
        System.out.printf("%d clients, %d jobs a second for %d s: %d changes received%n", CLIENTS, RATE, SECONDS,
                delays.size());
        System.out.printf("from a change to its frame: p50 %d ms, p99 %d ms, max %d ms%n", percentile(delays, 50),
                percentile(delays, 99), delays.getLast());
        System.out.printf("api-service: %d MB of heap in use after a collection%n",
                cluster.heapMegabytes("api-service"));
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    private static final class Dashboard implements WebSocket.Listener {

        private static final Pattern JOB = Pattern
            .compile("\"id\":\"(\\w+)\".*?\"status\":\"(\\w+)\".*?\"updatedAt\":\"([^\"]+)\"");

        private final StringBuilder frame = new StringBuilder();

        private final List<Long> delays = new ArrayList<>();

        private final Map<String, String> statuses = new ConcurrentHashMap<>();

        private CompletableFuture<WebSocket> connect = new CompletableFuture<>();

        private volatile boolean subscribed;

        private volatile String end = "";

        @Override
        public void onOpen(WebSocket socket) {
            this.connect = socket.sendText("CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0", true);
            WebSocket.Listener.super.onOpen(socket);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            this.frame.append(text);
            if (last) {
                received(socket, this.frame.toString());
                this.frame.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, text, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            this.end = "closed: " + code + " " + reason;
            return WebSocket.Listener.super.onClose(socket, code, reason);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            this.end = "failed: " + error;
        }

        private void received(WebSocket socket, String frame) {
            if (frame.startsWith("CONNECTED")) {
                // A second send before the end of the first would fail.
                this.connect
                    .thenCompose((sent) -> socket.sendText("SUBSCRIBE\nid:0\ndestination:/topic/jobs\n\n\0", true))
                    .thenRun(() -> this.subscribed = true);
            }
            Matcher job = JOB.matcher(frame);
            Instant now = Instant.now();
            while (job.find()) {
                this.statuses.put(job.group(1), job.group(2));
                this.delays.add(Duration.between(Instant.parse(job.group(3)), now).toMillis());
            }
        }

        private void sawEnd(List<String> jobs) {
            assertThat(this.end).isEmpty();
            assertThat(jobs).allSatisfy((id) -> assertThat(this.statuses).extractingByKey(id).isEqualTo("COMPLETED"));
        }

    }

}
