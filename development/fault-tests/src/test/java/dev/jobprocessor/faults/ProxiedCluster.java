package dev.jobprocessor.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.embedded.EmbeddedDatabase;
import dev.jobprocessor.local.ClusterLog;
import dev.jobprocessor.local.JarUnpacker;
import dev.jobprocessor.client.ManagementClient;
import dev.jobprocessor.local.Ports;
import dev.jobprocessor.local.Service;
import dev.jobprocessor.local.ServiceProcess;
import dev.jobprocessor.testing.TcpProxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

/**
 * The real services as processes, with a proxy on every way between them and what they
 * need. A process that ends is started again, as Compose and the local cluster do.
 */
final class ProxiedCluster implements AutoCloseable {

    /** What an API logs of each job that it publishes again. */
    static final String RELAYED = "are published by the relay";

    private static final Path TARGET = Path.of(System.getProperty("target"));

    private static final JarUnpacker UNPACKER = new JarUnpacker(TARGET.resolve("services"));

    private static final Path API_JAR = UNPACKER.unpack(Path.of(System.getProperty("api-service.jar")));

    private static final Path WORKER_JAR = UNPACKER.unpack(Path.of(System.getProperty("worker-service.jar")));

    private static final Pattern USED = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private static final Pattern EXECUTED = Pattern.compile("\\[(\\w{24})].*: Completed in ");

    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration STOP = Duration.ofSeconds(10);

    private static final Duration GRACE = Duration.ofSeconds(40);

    private final Broker broker = Broker.start();

    private final EmbeddedDatabase database = EmbeddedDatabase.inMemory(0);

    private final TcpProxy brokerOfApis = TcpProxy.to("127.0.0.1", this.broker.port());

    private final TcpProxy brokerOfWorkers = TcpProxy.to("127.0.0.1", this.broker.port());

    private final TcpProxy databaseOfApis = TcpProxy.to("127.0.0.1", URI.create(this.database.uri()).getPort());

    private final ManagementClient management = new ManagementClient();

    private final ClusterSetup setup;

    private final List<URI> addresses;

    private final Webhook webhook;

    private final TcpProxy webhookOfWorkers;

    private final Model model;

    private final Path logPath;

    private final PrintStream logFile;

    private final ClusterLog log;

    private final List<ServiceProcess> apis = new ArrayList<>();

    private final List<ServiceProcess> workers = new ArrayList<>();

    /** Starts servers and services, and returns when all are ready. */
    ProxiedCluster(String name, ClusterSetup setup) {
        this.setup = setup;
        this.addresses = IntStream.range(0, setup.apis())
            .mapToObj((i) -> URI.create("http://127.0.0.1:" + Ports.require(0)))
            .toList();
        this.webhook = new Webhook(this.addresses);
        this.webhookOfWorkers = TcpProxy.to("127.0.0.1", this.webhook.port());
        this.model = new Model();
        this.logPath = TARGET.resolve(name.replace(' ', '-') + ".log");
        this.logFile = log(this.logPath);
        this.log = new ClusterLog(this.logFile, false);
        IntStream.range(0, setup.apis()).forEach((i) -> this.apis.add(startApi(i)));
        addWorkers(setup.workers());
        awaitReady();
    }

    private static PrintStream log(Path path) {
        try {
            return new PrintStream(Files.newOutputStream(path), true);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private ServiceProcess startApi(int number) {
        Service service = Service.api("api-" + (number + 1), API_JAR, this.addresses.get(number).getPort(),
                "mongodb://127.0.0.1:%d/job-processor".formatted(this.databaseOfApis.port()), amqp(this.brokerOfApis))
            .withOptions(this.setup.apiOptions())
            .with(this.setup.apiSettings());
        return start(number, service);
    }

    private ServiceProcess startWorker(int number, Map<String, String> more) {
        Service service = Service
            .worker("worker-" + (number + 1), WORKER_JAR,
                    "http://127.0.0.1:%d%s".formatted(this.webhookOfWorkers.port(), Webhook.PATH),
                    amqp(this.brokerOfWorkers))
            .with(Map.of("WORKER_PREFETCH", "1000", "WORKER_PROCESSOR", "openai", "WORKER_OPENAI_BASEURL",
                    this.model.url(), "WORKER_OPENAI_APIKEY", "none", "WORKER_OPENAI_MAXRETRIES", "0",
                    // a frozen worker is given up within an outage
                    "SPRING_RABBITMQ_REQUESTEDHEARTBEAT", "5s"))
            .with(this.setup.workerSettings())
            .with(more);
        return start(number, service);
    }

    /** The JVM of the first leaves an archive; one that is debugged cannot. */
    private ServiceProcess start(int number, Service service) {
        boolean leavesArchive = number == 0 && !service.environment().containsKey(Saboteur.OPTIONS);
        return ServiceProcess.start(service.leavingArchive(leavesArchive), this.log);
    }

    private static String amqp(TcpProxy proxy) {
        return "amqp://guest:guest@127.0.0.1:" + proxy.port();
    }

    /** Starts more workers, and does not wait for them. */
    void addWorkers(int count, Map<String, String> environment) {
        for (int i = 0; i < count; i++) {
            this.workers.add(startWorker(this.workers.size(), environment));
        }
    }

    /** Returns when every service does its work. */
    void awaitReady() {
        await().atMost(START).until(() -> allReady(this.apis) && allReady(this.workers));
    }

    private boolean allReady(List<ServiceProcess> services) throws InterruptedException {
        for (ServiceProcess service : services) {
            if (!this.management.isReady(service.managementPort())) {
                return false;
            }
        }
        return true;
    }

    /** Stops an API as an upgrade does, and starts it anew. */
    void replaceApi(int number) {
        this.apis.get(number).stop(GRACE);
        this.apis.set(number, startApi(number));
        awaitReady();
    }

    /** Stops a worker as an upgrade does, and starts it anew. */
    void replaceWorker(int number) {
        this.workers.get(number).stop(GRACE);
        this.workers.set(number, startWorker(number, Map.of()));
        awaitReady();
    }

    void addWorkers(int count) {
        addWorkers(count, Map.of());
    }

    /** Ends a process without warning; it is started again a little later. */
    void kill(ServiceProcess service) {
        running(service).destroyForcibly();
    }

    /** Sends a process a signal such as STOP. */
    void signal(ServiceProcess service, String signal) throws IOException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(pid(service))).start().onExit().join();
    }

    /** How much of its heap a service has in use after a collection. */
    long heapMegabytes(ServiceProcess service) throws IOException {
        String objects = jcmd(service, "GC.class_histogram"); // those that a collection
                                                              // leaves
        return USED.matcher(objects).results().mapToLong((used) -> Long.parseLong(used.group(1))).sum() / 1_000_000;
    }

    private static String jcmd(ServiceProcess service, String command) throws IOException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(running(service).pid()), command)
            .start();
        return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    }

    /**
     * How often the job with this id was executed to its end, as the workers have logged.
     */
    ToIntFunction<String> loggedExecutions() throws IOException {
        try (Stream<String> lines = Files.lines(this.logPath)) {
            Map<String, Integer> executions = lines.map(EXECUTED::matcher)
                .filter(Matcher::find)
                .collect(Collectors.toMap((line) -> line.group(1), (line) -> 1, Integer::sum));
            return (id) -> executions.getOrDefault(id, 0);
        }
    }

    /** How many lines the services have logged that contain a text. */
    long logged(String text) throws IOException {
        try (Stream<String> lines = Files.lines(this.logPath)) {
            return lines.filter((line) -> line.contains(text)).count();
        }
    }

    /** The number of a service's process: another one once it was started again. */
    long pid(ServiceProcess service) {
        return running(service).pid();
    }

    private static ProcessHandle running(ServiceProcess service) {
        return Objects.requireNonNull(service.handle(), "not yet started");
    }

    boolean hasWorkers() {
        return !this.workers.isEmpty();
    }

    /** Lets everything through again, and waits until every service is ready. */
    void restore() {
        this.brokerOfApis.resume();
        this.brokerOfWorkers.resume();
        this.databaseOfApis.resume();
        this.webhookOfWorkers.resume();
        this.webhook.behave(Webhook.Report::passOn);
        this.model.takes(Duration.ofSeconds(1));
        awaitReady();
    }

    ServiceProcess api(int number) {
        return this.apis.get(number);
    }

    ServiceProcess worker(int number) {
        return this.workers.get(number);
    }

    ManagementClient management() {
        return this.management;
    }

    List<URI> addresses() {
        return this.addresses;
    }

    Broker broker() {
        return this.broker;
    }

    /** The database's address, past every proxy. */
    String databaseUri() {
        return this.database.uri();
    }

    TcpProxy brokerOfApis() {
        return this.brokerOfApis;
    }

    TcpProxy brokerOfWorkers() {
        return this.brokerOfWorkers;
    }

    TcpProxy databaseOfApis() {
        return this.databaseOfApis;
    }

    /** The way from the workers to the webhook. */
    TcpProxy webhookOfWorkers() {
        return this.webhookOfWorkers;
    }

    Webhook webhook() {
        return this.webhook;
    }

    /** Whether the model is asked, once for each execution of a job. */
    boolean asksModel() {
        return !this.setup.isMock();
    }

    Model model() {
        return this.model;
    }

    @Override
    public void close() {
        ServiceProcess.stopAll(this.workers, STOP);
        ServiceProcess.stopAll(this.apis, STOP);
        this.webhookOfWorkers.close();
        this.webhook.close();
        this.model.close();
        this.databaseOfApis.close();
        this.brokerOfWorkers.close();
        this.brokerOfApis.close();
        this.database.close();
        this.broker.close();
        this.logFile.close();
    }

}
