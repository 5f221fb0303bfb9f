package dev.jobprocessor.api.workers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.WorkQueue;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.AttemptsInFlight;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of the jobs of a worker that is silent. */
@ApiIntegrationTest
class LostWorkersIntegrationTests {

    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final WorkerSettings SETTINGS = new WorkerSettings(SILENCE, Duration.ofMinutes(15));

    private static final WorkerQueue OPENAI = new WorkerQueue("default", "openai", 16, false, null);

    private static final WorkerQueue N8N = new WorkerQueue("default", "n8n", 50, true, null);

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private AttemptsInFlight attempts;

    @Autowired
    private DatabaseErrors databaseErrors;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Far from now, so that the service's own look finds nobody lost. */
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofDays(1));

    private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

    private Workers workers;

    private LostWorkers lost;

    @BeforeEach
    void start() {
        this.workers = new Workers(this.mongo, this.clock);
        this.lost = lostWorkers();
    }

    private LostWorkers lostWorkers() {
        return new LostWorkers(this.workers, this.attempts, SETTINGS, this.clock, this.clock, this.databaseErrors,
                this.meters);
    }

    @AfterEach
    void forgetWorkers() {
        this.mongo.remove(new Query(), Workers.COLLECTION);
    }

    private void heard(String name, WorkerQueue... queues) {
        this.workers.heard(new Heartbeat(name, "1", List.of(queues), 0, List.of(), false, false, null));
    }

    /** Time passes, and only these workers are heard. */
    private void pass(Duration time, String... heard) {
        Instant end = this.now.plus(time);
        while (this.now.isBefore(end)) {
            Duration left = Duration.between(this.now, end);
            Duration step = Duration.ofSeconds(LostWorkers.INTERVAL_SECONDS);
            this.now = this.now.plus((left.compareTo(step) < 0) ? left : step);
            List.of(heard).forEach((name) -> heard(name, OPENAI));
            this.lost.look();
        }
    }

    @Test
    void handsWhatALostWorkerClaimedToOthers() {
        heard("worker-1", OPENAI);
        String id = claimed("worker-1");

        pass(SILENCE, "worker-2");
        assertThat(this.api.find(id).attempt()).isEqualTo(1);
        pass(Duration.ofMillis(1), "worker-2");

        JobView job = this.api.find(id);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.status()).isEqualTo(JobStatus.PENDING);
        assertThat(job.startedAt()).isNull();
        assertThat(job.tries()).isNull();
        assertThat(job.history()).filteredOn((event) -> event.type() == JobEvent.Type.ATTEMPT_FAILED)
            .extracting(JobEvent::detail)
            .containsExactly("The worker worker-1 was lost");
        JsonNode published = this.work.take();
        assertThat(published.path("jobId").asString()).isEqualTo(id);
        assertThat(published.path("attempt").asInt()).isEqualTo(2);
        assertThat(this.meters.get("jobs.taken.over").counter().count()).isEqualTo(1);
    }

    @Test
    void completesOnceWhatTheLostWorkerReportsAfterAll() {
        heard("worker-1", OPENAI);
        String id = claimed("worker-1");
        pass(SILENCE.plusMillis(1), "worker-2");
        assertThat(this.work.take().path("attempt").asInt()).isEqualTo(2);
        assertThat(start(id, 2, "worker-2", false)).isEqualTo(200);

        assertThat(start(id, 1, "worker-3", true)).as("the redelivered message of the lost attempt").isEqualTo(409);
        assertThat(this.api.callback(id, 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.callback(id, 2, "COMPLETED", "r").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(id).result()).isEqualTo("r");
    }

    @Test
    void refusesARedeliveredMessageForAsLongAsAnotherWorkerRunsIt() {
        String id = claimed("worker-1");
        heardRunning("worker-1", new JobAttempt(id, 1));
        assertThat(start(id, 1, "worker-2", true)).isEqualTo(503);
        assertThat(this.api.find(id).worker()).isEqualTo("worker-1");
        assertThat(start(id, 1, "worker-1", true)).as("its own").isEqualTo(200);

        heardRunning("worker-1", new JobAttempt(id, 2));
        assertThat(start(id, 1, "worker-2", true)).as("what is not listed").isEqualTo(200);
        assertThat(this.api.find(id).worker()).isEqualTo("worker-2");
    }

    @Test
    void grantsARedeliveredMessageOfAWorkerThatStopped() {
        String id = claimed("worker-1");
        heardRunning("worker-1", new JobAttempt(id, 1));
        this.workers.remove("worker-1");

        assertThat(start(id, 1, "worker-2", true)).isEqualTo(200);
    }

    @Test
    void takesAnAttemptForRunningUntilItsWorkerIsLost() {
        HeardAttempts running = new HeardAttempts(this.mongo, SETTINGS, this.clock);
        JobAttempt attempt = new JobAttempt("6925f0a1c3b2a40f5d1e7a01", 1);
        Instant claimed = this.now.minusSeconds(60);
        heardRunning("worker-1", attempt);

        this.now = this.now.plus(SILENCE);
        assertThat(running.mayRun("worker-1", attempt, claimed)).isTrue();
        this.now = this.now.plusMillis(1);
        assertThat(running.mayRun("worker-1", attempt, claimed)).isFalse();
    }

    @Test
    void takesAnAttemptForRunningThatNoHeartbeatCouldList() {
        HeardAttempts running = new HeardAttempts(this.mongo, SETTINGS, this.clock);
        JobAttempt attempt = new JobAttempt("6925f0a1c3b2a40f5d1e7a01", 1);
        heardRunning("worker-1");

        Instant claimed = this.now.minus(HeardAttempts.DELAY);
        assertThat(running.mayRun("worker-1", attempt, claimed.plusMillis(1))).isTrue();
        assertThat(running.mayRun("worker-1", attempt, claimed)).isFalse();
        this.workers.heard(new Heartbeat("worker-1", "1", List.of(OPENAI), Heartbeat.MAX_ATTEMPTS + 1, List.of(), false,
                false, null));
        assertThat(running.mayRun("worker-1", attempt, claimed)).as("one more than are listed").isTrue();
    }

    private void heardRunning(String name, JobAttempt... attempts) {
        this.workers
            .heard(new Heartbeat(name, "1", List.of(OPENAI), attempts.length, List.of(attempts), false, false, null));
    }

    @Test
    void leavesWhatWasHandedOverToWhoeverRunsIt() {
        heard("worker-1", N8N);
        String id = claimed("worker-1");

        pass(SILENCE.plusSeconds(5), "worker-2");

        assertThat(this.api.find(id).attempt()).isEqualTo(1);
    }

    @Test
    void leavesWhatNobodyElseServes() {
        heard("worker-1", OPENAI);
        String id = claimed("worker-1");
        heard("worker-2", new WorkerQueue("llm", "openai", 16, false, null));

        pass(SILENCE.plusSeconds(5));

        assertThat(this.api.find(id).attempt()).isEqualTo(1);
    }

    @Test
    void leavesWhatOtherWorkersRunAndWhatIsNotClaimed() {
        heard("worker-1", OPENAI);
        String other = claimed("worker-2");
        String unclaimed = this.api.submit("b").id();
        this.work.take(unclaimed);
        this.work.started(unclaimed, 1, "worker-1");

        pass(SILENCE.plusSeconds(5), "worker-2");

        assertThat(this.api.find(other).attempt()).isEqualTo(1);
        assertThat(this.api.find(unclaimed).attempt()).isEqualTo(1);
    }

    @Test
    void takesNothingOverUntilItHasListenedForAsLong() {
        heard("worker-1", OPENAI);
        String id = claimed("worker-1");
        this.now = this.now.plus(SILENCE.plusSeconds(60));
        this.lost = lostWorkers();

        pass(Duration.ofSeconds(25), "worker-2");
        assertThat(this.api.find(id).attempt()).isEqualTo(1);

        this.now = this.now.plusSeconds(60); // it is stopped
        pass(Duration.ofSeconds(25), "worker-2");
        assertThat(this.api.find(id).attempt()).isEqualTo(1);

        pass(Duration.ofSeconds(10), "worker-2");
        assertThat(this.api.find(id).attempt()).isEqualTo(2);
    }

    @Test
    void countsWorkersByStateAndForgetsThoseThatAreSilentForLong() {
        heard("worker-1", OPENAI);
        heard("worker-2", OPENAI);
        this.workers.drain("worker-2", true);

        pass(Duration.ofSeconds(5));
        assertThat(List.of(count("running"), count("draining"), count("lost"))).containsExactly(1.0, 1.0, 0.0);
        pass(SILENCE, "worker-2");
        assertThat(List.of(count("running"), count("draining"), count("lost"))).containsExactly(0.0, 1.0, 1.0);

        pass(Duration.ofMinutes(15), "worker-2");
        assertThat(this.workers.all()).extracting(Worker::name).containsExactly("worker-2");
    }

    private double count(String state) {
        return this.meters.get("workers").tag("state", state).gauge().value();
    }

    private String claimed(String worker) {
        String id = this.api.submit("a").id();
        this.work.take(id);
        assertThat(start(id, 1, worker, false)).isEqualTo(200);
        return id;
    }

    private int start(String job, int attempt, String worker, boolean redelivered) {
        Map<String, Object> start = Map.of("attempt", attempt, "worker", worker, "claim", "claim of " + worker,
                "redelivered", redelivered);
        ResponseEntity<JsonNode> response = this.api
            .post("/jobs/" + job + "/start", start, Map.of("x-webhook-secret", "sesame"))
            .retrieve()
            .toEntity(JsonNode.class);
        return response.getStatusCode().value();
    }

}
