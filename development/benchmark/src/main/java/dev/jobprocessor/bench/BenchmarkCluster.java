package dev.jobprocessor.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.jobprocessor.local.ClusterLog;
import dev.jobprocessor.client.ManagementClient;
import dev.jobprocessor.local.Ports;
import dev.jobprocessor.local.Service;
import dev.jobprocessor.local.ServiceProcess;

/** An API and its workers, on servers of their own. */
final class BenchmarkCluster implements AutoCloseable {

    static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final int WARM_UPS = 4;

    /** 60 % of what Compose gives the API, as its image takes. */
    private static final String API_HEAP = "-Xmx460m";

    private final ManagementClient management = new ManagementClient();

    private final List<ServiceProcess> workers = new ArrayList<>();

    private final Map<ServiceProcess, Double> starts = new HashMap<>();

    private final List<ServiceProcess> apis = new ArrayList<>();

    private final List<Integer> ports = new ArrayList<>();

    private final AtomicInteger connected = new AtomicInteger();

    private final Bench bench;

    private final Access access;

    private final ClusterLog log;

    private final Servers servers;

    private final StoredJobs jobs;

    private final String heap;

    private BenchmarkCluster(Bench bench, Access access, String heap) throws Exception {
        this.bench = bench;
        this.access = access;
        this.log = new ClusterLog(bench.log(), false);
        this.servers = Servers.start();
        this.jobs = new StoredJobs(this.servers.databaseUri());
        this.heap = heap;
        startApi();
    }

    static BenchmarkCluster start(Bench bench, Access access) throws Exception {
        return start(bench, access, API_HEAP);
    }

    static BenchmarkCluster start(Bench bench, Access access, String heap) throws Exception {
        return new BenchmarkCluster(bench, access, heap);
    }

    /** Starts another instance of the API, and returns when it is ready. */
    void startApi() throws InterruptedException {
        int port = Ports.require(0);
        this.ports.add(port);
        this.apis.add(start(Service
            .api("api-service-" + this.ports.size(), this.bench.api().jar(), port, this.servers.databaseUri(),
                    this.servers.brokerUri())
            .withOptions(this.bench.api().options(this.heap))
            .with(this.access.environment())));
    }

    /**
     * Starts a worker that takes whatever there is and reports to one of the instances,
     * and returns when it is ready.
     */
    ServiceProcess startWorker(String work, int prefetch, String heap) throws InterruptedException {
        Service service = Service
            .worker("worker-" + (this.workers.size() + 1), this.bench.worker().jar(),
                    "http://127.0.0.1:%d/jobs/webhook/callback".formatted(port(this.workers.size())),
                    this.servers.brokerUri())
            .withOptions(this.bench.worker().options(heap))
            .with(Map.of("WORKER_MOCK_DELAY", work, "WORKER_PREFETCH", String.valueOf(prefetch)));
        ServiceProcess worker = start(service);
        this.workers.add(worker);
        return worker;
    }

    int port() {
        return this.ports.getFirst();
    }

    private int port(int turn) {
        return this.ports.get(turn % this.ports.size());
    }

    Servers servers() {
        return this.servers;
    }

    StoredJobs jobs() {
        return this.jobs;
    }

    ServiceProcess api() {
        return this.apis.getFirst();
    }

    List<ServiceProcess> apis() {
        return this.apis;
    }

    ServiceProcess worker() {
        return this.workers.getFirst();
    }

    List<ServiceProcess> workers() {
        return this.workers;
    }

    /** How many seconds of a core all services have used so far. */
    double cpuSeconds() {
        return Processes.cpuSeconds(this.apis) + Processes.cpuSeconds(this.workers);
    }

    /**
     * Has the services compile what they run, as well as they will: with fewer jobs, a
     * job costs up to twice as much. Few clients begin.
     */
    void warmUp() throws InterruptedException {
        int jobs = this.bench.settings().jobs();
        int clients = this.bench.settings().connections();
        for (int part = 16; part > 1; part /= 2) {
            new Load(Math.ceilDiv(clients, part)).closed(Load.times(Math.ceilDiv(jobs, 8)), submissions());
            this.jobs.awaitEnd();
        }
        work(jobs * WARM_UPS);
    }

    /** Submits so many jobs as fast as it can, and returns when all have ended. */
    Load work(int count) throws InterruptedException {
        Load load = submit(count);
        this.jobs.awaitEnd();
        return load;
    }

    /** Submits so many jobs, each by a call, as fast as it can. */
    Load submit(int count) throws InterruptedException {
        return new Load(this.bench.settings().connections()).closed(Load.times(count), submissions());
    }

    /** Each that connects takes the next instance. */
    Load.Client submissions() {
        byte[] submission = HttpConnection.post("/jobs", "{\"prompt\":\"Summarise this\"}", this.access.headers());
        return () -> HttpConnection.client(port(this.connected.getAndIncrement()), submission, 201).connect();
    }

    private ServiceProcess start(Service service) throws InterruptedException {
        long begin = System.nanoTime();
        ServiceProcess process = ServiceProcess.start(service, this.log);
        long deadline = begin + TIMEOUT.toNanos();
        while (process.managementPort() == 0 || !this.management.isReady(process.managementPort())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(service.name() + " is not ready: see services.log");
            }
            Thread.sleep(10);
        }
        this.starts.put(process, (System.nanoTime() - begin) / 1e9);
        return process;
    }

    /** How long a service took from its start until it was ready. */
    double startSeconds(ServiceProcess service) {
        return Objects.requireNonNull(this.starts.get(service));
    }

    @Override
    public void close() throws Exception {
        ServiceProcess.stopAll(this.workers, GRACE);
        ServiceProcess.stopAll(this.apis, GRACE);
        this.jobs.close();
        this.servers.close();
    }

}
