package dev.jobprocessor.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.jobprocessor.client.ApiClient;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A cluster under load, something that breaks, and the verdict. */
final class Scenario implements AutoCloseable {

    /** How long most faults last. */
    static final Duration OUTAGE = seconds(30, 8);

    /** How soon after the end of an outage every accepted job has to be at its end. */
    static final Duration RECOVERY = Duration.ofMinutes(2);

    /** How the prompts of a backlog begin. */
    static final String BACKLOG = "backlog ";

    private static final int BATCH = 1000;

    private static final int WARM_UP_JOBS = 1000;

    private static final Path REPORT = Path.of(System.getProperty("target"), "faults.txt");

    private final Ledger ledger = new Ledger();

    private final String name;

    private final ProxiedCluster cluster;

    private final ApiClient api;

    private final boolean ownsCluster;

    /** A time that is shorter where the scenarios run in brief. */
    static Duration seconds(int full, int brief) {
        return Duration.ofSeconds(pick(full, brief));
    }

    /** A number that is smaller where the scenarios run in brief. */
    static int pick(int full, int brief) {
        return Boolean.getBoolean("brief") ? brief : full;
    }

    private Scenario(String name, ProxiedCluster cluster, boolean ownsCluster) {
        this.name = name;
        this.cluster = cluster;
        this.ownsCluster = ownsCluster;
        this.api = new ApiClient(cluster.addresses());
    }

    /**
     * A scenario on the cluster that all such scenarios share: three APIs, three workers.
     */
    static Scenario named(String name) {
        Scenario scenario = new Scenario(name, Shared.CLUSTER, false);
        scenario.cluster.restore();
        return scenario;
    }

    /** A scenario on a cluster of its own, of one API. */
    static Scenario withWorkers(String name, int workers) {
        return on(name, ClusterSetup.of(1, workers));
    }

    /** The same with one worker that only waits for as long as work takes. */
    static Scenario withMockWorker(String name, Duration work) {
        return on(name, ClusterSetup.of(1, 1).withMockWork(work));
    }

    /** A scenario on a cluster of its own. */
    static Scenario on(String name, ClusterSetup setup) {
        Scenario scenario = new Scenario(name, new ProxiedCluster(name, setup), true);
        scenario.warmUp();
        return scenario;
    }

    ProxiedCluster cluster() {
        return this.cluster;
    }

    ApiClient api() {
        return this.api;
    }

    Ledger ledger() {
        return this.ledger;
    }

    Model model() {
        return this.cluster.model();
    }

    /**
     * Has some clients submit jobs one after another: before its code is compiled, a
     * cluster on a small machine takes fewer jobs a second than are to come.
     */
    private void warmUp() {
        SubmissionLoad.oneAfterAnother(this.name + ", warm-up", this.api, this.ledger, WARM_UP_JOBS);
        await().atMost(RECOVERY).until(() -> !this.cluster.hasWorkers() || this.api.noneIsPending());
    }

    /** Begins to submit 50 jobs a second. */
    SubmissionLoad load() {
        return SubmissionLoad.start(this.name, this.api, this.ledger);
    }

    /** Waits until every job is at its end or should be, and judges. */
    Verdict verdict() throws IOException, InterruptedException {
        return verdict(RECOVERY);
    }

    Verdict verdict(Duration recovery) throws IOException, InterruptedException {
        try {
            await().atMost(recovery).pollInterval(Duration.ofMillis(500)).until(this.api::noneIsPending);
        }
        catch (ConditionTimeoutException ex) {
            // the verdict names what is lost
        }
        return judge(this.api.findAll());
    }

    /**
     * Judges at once.
     * @param jobs all jobs there are, with their histories
     */
    Verdict judge(List<JsonNode> jobs) throws IOException {
        Verdict verdict = Verdict.of(this.ledger, jobs, executions(jobs));
        report(verdict.line(this.name, this.cluster.broker().product()));
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.completedTwice()).as("completed twice").isEmpty();
        assertThat(verdict.unexpected()).as("unexpected").isEmpty();
        assertThat(verdict.accepted()).as("accepted").isPositive();
        return verdict;
    }

    private ToIntFunction<String> executions(List<JsonNode> jobs) throws IOException {
        return this.cluster.asksModel() ? model()::executions : loggedExecutions(jobs);
    }

    private ToIntFunction<String> loggedExecutions(List<JsonNode> jobs) throws IOException {
        ToIntFunction<String> logged = this.cluster.loggedExecutions();
        Map<String, Integer> executions = jobs.stream()
            .collect(Collectors.toMap((job) -> Ledger.label(job.get("prompt").stringValue()),
                    (job) -> logged.applyAsInt(job.get("id").stringValue()), Integer::sum));
        return (label) -> executions.getOrDefault(label, 0);
    }

    /** Submits jobs at once, a thousand a call. */
    void submitBacklog(int jobs) throws IOException, InterruptedException {
        submitBacklog(0, jobs);
    }

    /**
     * Does the same once more.
     * @param begin how many there were before
     */
    void submitBacklog(int begin, int jobs) throws IOException, InterruptedException {
        submitBacklog(BACKLOG, begin, jobs, Map.of());
    }

    /**
     * The same with options.
     * @param kind how their prompts begin
     */
    void submitBacklog(String kind, int jobs, Map<String, ?> options) throws IOException, InterruptedException {
        submitBacklog(kind, 0, jobs, options);
    }

    private void submitBacklog(String kind, int begin, int jobs, Map<String, ?> options)
            throws IOException, InterruptedException {
        for (int first = begin; first < begin + jobs; first += BATCH) {
            List<String> prompts = IntStream.range(first, Math.min(first + BATCH, begin + jobs))
                .mapToObj((number) -> kind + number)
                .toList();
            prompts.forEach(this.ledger::attempted);
            List<String> ids = this.api.submitAll(prompts, options);
            IntStream.range(0, ids.size()).forEach((i) -> this.ledger.accepted(ids.get(i), prompts.get(i)));
        }
    }

    /** Whether a job began after it was made and before it ended. */
    boolean hasPlausibleTimes(String id) throws IOException {
        JsonNode job = this.api.find(id);
        if (!job.has("startedAt")) {
            return true;
        }
        Instant started = instant(job, "startedAt");
        return !started.isBefore(instant(job, "createdAt")) && !started.isAfter(instant(job, "completedAt"));
    }

    private static Instant instant(JsonNode job, String field) {
        return Instant.parse(job.get(field).stringValue());
    }

    /** Adds a figure to the report. */
    void note(String format, Object... arguments) {
        report("    " + format.formatted(arguments));
    }

    private static synchronized void report(String line) {
        try {
            if (!Files.exists(REPORT)) {
                print(Verdict.heading());
            }
            print(line);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void print(String lines) throws IOException {
        System.out.println(lines);
        Files.writeString(REPORT, lines + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (this.ownsCluster) {
            this.cluster.close();
        }
        else {
            this.cluster.restore();
            this.api.deleteAll();
        }
        this.api.close();
    }

    private static final class Shared {

        private static final ProxiedCluster CLUSTER = start();

        private static ProxiedCluster start() {
            ProxiedCluster cluster = new ProxiedCluster("shared", ClusterSetup.of(3, 3));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            try (Scenario scenario = new Scenario("warm-up", cluster, false)) {
                scenario.warmUp();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return cluster;
        }

    }

}
