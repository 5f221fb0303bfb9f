package dev.jobprocessor.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.jobprocessor.client.ManagementClient;

/**
 * The whole product on this machine: a broker and a database in this process, api-service
 * and the workers in processes of their own.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(35);

    private final Instant began = Instant.now();

    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private final ClusterSettings settings;

    private final @Nullable String key;

    private final ClusterLog log;

    private final int port;

    private final EmbeddedServers servers;

    private final ServiceProcess api;

    private final List<ServiceProcess> workers;

    private final Thread start;

    private LocalCluster(ClusterSettings settings, @Nullable String key, ClusterLog log) {
        this.key = key;
        this.settings = settings;
        this.log = log;
        this.port = Ports.require(settings.address(), settings.port());
        this.servers = EmbeddedServers.start(settings.data());
        JarUnpacker unpacker = new JarUnpacker(settings.data().resolve("services"));
        this.api = startApi(unpacker);
        this.workers = startWorkers(unpacker);
        this.start = Thread.ofVirtual().start(this::becomeReady);
    }

    /** Runs a cluster until somebody asks for its end. */
    public static void main(String[] args) {
        // not by returning: on the way out of a failed start, the broker has threads
        System.exit(run(ClusterLog.toConsole()));
    }

    private static int run(ClusterLog log) {
        StopRequest stop = StopRequest.listen();
        if (!stop.heedsCtrlC()) {
            log.say("Started with Ctrl-C ignored, as by a script in the background: SIGTERM to process %d stops everything"
                .formatted(ProcessHandle.current().pid()));
        }
        try (LocalCluster cluster = start(ClusterSettings.from(System.getProperties()), log)) {
            stop.await();
            log.say("Stopping");
            return 0;
        }
        catch (CannotStart ex) {
            log.say(ex.reason());
            return 1;
        }
        catch (RuntimeException ex) {
            ex.printStackTrace();
            return 1;
        }
    }

    /**
     * Starts all processes; {@link #ready()} tells when they do their work.
     * @throws CannotStart if the port or the data directory is in use
     */
    static LocalCluster start(ClusterSettings settings, ClusterLog log) {
        return new LocalCluster(settings, key(System.getenv()), log);
    }

    /**
     * The key by which this process has unfinished jobs published again; null where
     * nobody needs one.
     */
    static @Nullable String key(Map<String, String> environment) {
        String key = environment.get("ADMIN_API_KEY");
        if (key == null && "required".equals(environment.get("ACCESS"))) {
            throw new CannotStart(
                    "ACCESS=required needs ADMIN_API_KEY here: a key of the form jp_…, see docs/security.md");
        }
        return key;
    }

    CompletableFuture<Void> ready() {
        return this.ready;
    }

    URI uri() {
        return URI.create("http://%s:%d".formatted(this.settings.host(), this.port));
    }

    /**
     * Stops the workers, which still report what they finish, then api-service, then the
     * broker and the database.
     */
    @Override
    public void close() {
        this.start.interrupt();
        ServiceProcess.stopAll(this.workers, GRACE);
        this.api.stop(GRACE);
        this.servers.close();
    }

    private void becomeReady() {
        try {
            new ClusterStart(this.api, this.workers, this.began, this.log).complete(new ManagementClient(this.key));
            this.log.say("Ready in %.1f s: %s (%d workers; data in %s; Ctrl-C stops everything)".formatted(seconds(),
                    uri(), this.workers.size(), this.settings.data()));
            this.ready.complete(null);
        }
        catch (InterruptedException ex) {
            this.ready.cancel(false);
        }
    }

    private double seconds() {
        return Duration.between(this.began, Instant.now()).toMillis() / 1000.0;
    }

    private ServiceProcess startApi(JarUnpacker unpacker) {
        Service service = Service.api("api-service", unpacker.unpack(this.settings.apiServiceJar()), this.port,
                this.servers.database().uri(), this.servers.broker().uri());
        return ServiceProcess.start(service.leavingArchive(true)
            .with(Map.of("SERVER_ADDRESS", this.settings.address(), "UI_LOCATION",
                    this.settings.dashboard().toUri().toString())),
                this.log);
    }

    private List<ServiceProcess> startWorkers(JarUnpacker unpacker) {
        Path jar = unpacker.unpack(this.settings.workerServiceJar());
        return IntStream.rangeClosed(1, this.settings.workers())
            .mapToObj(number -> worker("worker-" + number, jar).leavingArchive(number == 1))
            .map(worker -> ServiceProcess.start(worker, this.log))
            .toList();
    }

    private Service worker(String name, Path jar) {
        return Service.worker(name, jar, callbackUrl(System.getenv(), uri()), this.servers.broker().uri());
    }

    /** The one of the environment, or the API of this cluster. */
    static String callbackUrl(Map<String, String> environment, URI api) {
        String configured = environment.getOrDefault("CALLBACK_URL", "");
        return configured.isBlank() ? api + "/jobs/webhook/callback" : configured;
    }

}
