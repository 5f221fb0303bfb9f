package dev.jobprocessor.api.output;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.OutputReported;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

@ApiIntegrationTest
class JobOutputIntegrationTests {

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    /** Where what an attempt writes begins that is the second to be worked of its job. */
    private static final long SECOND_RUN = 1L << 32;

    private static final String LONGEST = "x".repeat(OutputReported.MAX_LENGTH);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private RabbitTemplate rabbit;

    @Autowired
    private JobDocuments documents;

    @Autowired
    private StoredOutput store;

    @Autowired
    private Clock clock;

    @Test
    void showsWhatAWorkflowWritesWhileItRuns() {
        JobView job = startedJob();
        assertThat(report(job, 1, "Once ")).isEqualTo(200);
        assertThat(report(job, 1, "upon 🚀")).isEqualTo(200);
        awaitOutput(job, 0, 0, "Once upon 🚀", 12);
        assertThat(report(job, 1, "!")).isEqualTo(200);
        awaitOutput(job, 12, 12, "!", 13);
        awaitOutput(job, 13, 13, "", 13);
    }

    @Test
    void showsWhatWorkersWriteByItsOffset() {
        JobView job = startedJob();
        // In this order: messages on other channels may overtake each other.
        this.rabbit.<Object>invoke((channel) -> {
            publish(channel, job, 1, 0, "Once ");
            publish(channel, job, 1, 5, "upon ");
            publish(channel, job, 1, 10, "a time");
            return job;
        });
        awaitOutput(job, 0, 0, "Once upon a time", 16);
    }

    @Test
    void showsWhatIsWrittenInManySmallParts() {
        JobView job = startedJob();
        int parts = StoredOutput.MAX_CHUNKS + 1;
        this.store.add(IntStream.range(0, parts)
            .mapToObj((i) -> OutputChunk.of(new OutputReported(new JobAttempt(job.id(), 1), i, "a"),
                    this.clock.instant()))
            .toList());
        awaitOutput(job, 0, 0, "a".repeat(parts - 1), parts - 1);
        assertOutput(job, parts - 1, parts - 1, "a", parts);
        assertOutput(job, parts, parts, "", parts);
    }

    @Test
    void showsTheNextPieceWhereOneWasLost() {
        JobView job = startedJob();
        publish(job, 1, 0, "Once ");
        awaitOutput(job, 0, 0, "Once ", 5);
        publish(job, 1, 10, "a time");
        awaitOutput(job, 5, 10, "a time", 16);
    }

    @Test
    void replacesTheTextOfAWorkerThatIsGone() {
        JobView job = startedJob();
        publish(job, 1, 0, "Once upon");
        awaitOutput(job, 0, 0, "Once upon", 9);
        long begin = restart(job, "c2");
        publish(job, 1, begin, "There was ");
        awaitOutput(job, 9, begin, "There was ", begin + 10);
        publish(job, 1, 9, " a time");
        publish(job, 1, begin + 10, "an old");
        awaitOutput(job, begin + 10, begin + 10, "an old", begin + 16);
        assertOutput(job, 9, begin, "There was an old", begin + 16);
        assertOutput(job, 0, begin, "There was an old", begin + 16);
        await().untilAsserted(() -> assertThat(storedChunks(job)).isEqualTo(2));
    }

    @Test
    void replacesTheTextOfAWorkflowThatIsStartedAgain() {
        JobView job = startedJob();
        assertThat(report(job, 1, "Once upon", "c1")).isEqualTo(200);
        awaitOutput(job, 0, 0, "Once upon", 9);
        long begin = restart(job, "c2");
        assertThat(report(job, 1, "There was ", "c2")).isEqualTo(200);
        assertThat(report(job, 1, " a time", "c1")).isEqualTo(200);
        assertThat(report(job, 1, "an old", "c2")).isEqualTo(200);
        awaitOutput(job, 9, begin, "There was an old", begin + 16);
    }

    @Test
    void replacesTheTextOfACallThatIsRepeated() {
        JobView job = startedJob();
        publish(job, 1, 0, "Once upon");
        awaitOutput(job, 0, 0, "Once upon", 9);
        long begin = 9 + OutputReported.KEPT;
        publish(job, 1, begin, "There was");
        awaitOutput(job, 9, begin, "There was", begin + 9);
        await().untilAsserted(() -> assertThat(storedChunks(job)).isEqualTo(1));
    }

    @Test
    void keepsTheLastOfWhatIsLong() {
        JobView job = startedJob();
        int pieces = OutputReported.KEPT / LONGEST.length() + 2;
        for (int i = 0; i < pieces; i++) {
            assertThat(report(job, 1, LONGEST)).isEqualTo(200);
        }
        await().untilAsserted(() -> {
            JsonNode kept = output(job, 0);
            assertThat(kept.path("next").asInt()).isEqualTo(pieces * LONGEST.length());
            assertThat(kept.path("offset").asInt()).isEqualTo(2 * LONGEST.length());
            assertThat(kept.path("text").asString()).hasSize(OutputReported.KEPT);
        });
    }

    @Test
    void refusesWhatAnEndedAttemptWritesAndDeletesTheOutput() {
        JobView job = startedJob();
        report(job, 1, "Once ");
        awaitOutput(job, 0, 0, "Once ", 5);
        assertThat(this.api.callback(job.id(), 1, "FAILED", "no").getStatusCode().value()).isEqualTo(200);
        assertOutput(job, 5, 0, "", 0);
        assertThat(output(job, 0).path("status").asString()).isEqualTo("FAILED");
        assertThat(report(job, 1, "upon ")).isEqualTo(409);
        publish(job, 1, 5, "upon ");
        await().untilAsserted(() -> assertThat(storedChunks(job)).isZero());
    }

    @Test
    void showsNothingOfTheAttemptBefore() {
        JobView job = startedJob();
        report(job, 1, "Once ");
        awaitOutput(job, 0, 0, "Once ", 5);
        this.api.callback(job.id(), 1, "FAILED", "no");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        start(job, 2);
        assertOutput(job, 0, 0, "", 0);
        assertThat(report(job, 1, "upon ")).isEqualTo(409);
        publish(job, 1, 5, "upon ");
        report(job, 2, "There");
        awaitOutput(job, 5, SECOND_RUN, "There", SECOND_RUN + 5);
        await().untilAsserted(() -> assertThat(storedChunks(job)).isEqualTo(1));
    }

    @Test
    void deletesWhatAnInstanceStoredThatIsGone() {
        JobView job = startedJob();
        this.store.add(List.of(chunk("6925f0a1c3b2a40f5d1e7a01"), chunk(job.id())));
        JobOutputs outputs = outputs(this.store);
        outputs.adopt();
        outputs.deleteEnded();
        assertThat(this.mongo.findDistinct(new Query(), "job", StoredOutput.COLLECTION, String.class))
            .containsExactly(job.id());
        awaitOutput(job, 0, 0, "a", 1);
    }

    @Test
    void dropsOutputThatCannotBeStoredAndGoesOn() {
        JobView job = startedJob();
        StoredOutput broken = mock();
        willThrow(new DataAccessResourceFailureException("down")).given(broken).add(any());
        JobOutputs outputs = outputs(broken);
        outputs.reported(new OutputReported(new JobAttempt(job.id(), 1), 0, "Once "));
        outputs.store();
        assertThat(this.meters.counter("jobs.output.dropped").count()).isEqualTo(5);
    }

    private JobOutputs outputs(StoredOutput store) {
        return new JobOutputs(store, this.documents, (event) -> {
        }, new DatabaseErrors(this.meters), this.clock, this.meters);
    }

    private OutputChunk chunk(String job) {
        return OutputChunk.of(new OutputReported(new JobAttempt(job, 1), 0, "a"), this.clock.instant());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            65536 | 200
            65537 | 400
            """)
    void limitsWhatIsReportedAtOnce(int length, int status) {
        assertThat(report(startedJob(), 1, "ü".repeat(length))).isEqualTo(status);
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(progress(startedJob(), "{\"delta\":\"\\ud83d\"}")).isEqualTo(400);
    }

    @Test
    void acceptsTheLongestReportWhereEveryCharacterIsEscaped() {
        assertThat(progress(startedJob(), "{\"delta\":\"%s\"}".formatted("\\u00fc".repeat(LONGEST.length()))))
            .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "x", "9223372036854775808" })
    void refusesOffsetsThatAreNone(String from) {
        assertThat(call(startedJob().id(), from).getStatusCode().value()).isEqualTo(400);
    }

    @Test
    void knowsNoOutputOfUnknownJobs() {
        assertThat(call("6925f0a1c3b2a40f5d1e7a01", "0").getStatusCode().value()).isEqualTo(404);
        assertThat(call("none", "0").getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void showsNothingOfAJobThatHasNotStarted() {
        JobView job = this.api.submit("a");
        assertOutput(job, 0, 0, "", 0);
        assertThat(output(job, Long.MAX_VALUE).path("status").asString()).isEqualTo("PENDING");
    }

    private JobView startedJob() {
        JobView job = this.api.submit("a");
        start(job, 1);
        return job;
    }

    private void start(JobView job, int attempt) {
        assertThat(this.api
            .post("/jobs/" + job.id() + "/start",
                    Map.of("attempt", attempt, "worker", "w", "claim", "c" + attempt, "redelivered", false), SECRET)
            .retrieve()
            .toBodilessEntity()
            .getStatusCode()
            .value()).isEqualTo(200);
    }

    /** Claims a redelivered attempt, and returns where what it writes begins. */
    private long restart(JobView job, String claim) {
        return Objects
            .requireNonNull(this.api
                .post("/jobs/" + job.id() + "/start",
                        Map.of("attempt", 1, "worker", "w", "claim", claim, "redelivered", true), SECRET)
                .retrieve()
                .toEntity(JsonNode.class)
                .getBody())
            .path("outputOffset")
            .asLong();
    }

    private int report(JobView job, int attempt, String delta) {
        return progress(job, Map.of("attempt", attempt, "delta", delta));
    }

    private int report(JobView job, int attempt, String delta, String claim) {
        return this.api
            .post("/jobs/" + job.id() + "/progress?claim=" + claim, Map.of("attempt", attempt, "delta", delta), SECRET)
            .retrieve()
            .toBodilessEntity()
            .getStatusCode()
            .value();
    }

    private int progress(JobView job, Object body) {
        return this.api.post("/jobs/" + job.id() + "/progress", body, SECRET)
            .retrieve()
            .toBodilessEntity()
            .getStatusCode()
            .value();
    }

    private void publish(JobView job, int attempt, long offset, String delta) {
        publish(this.rabbit, job, attempt, offset, delta);
    }

    private static void publish(RabbitOperations channel, JobView job, int attempt, long offset, String delta) {
        String message = "{\"jobId\":\"%s\",\"attempt\":%d,\"offset\":%d,\"delta\":\"%s\"}".formatted(job.id(), attempt,
                offset, delta);
        channel.send("jobs", "job.progress", MessageBuilder.withBody(message.getBytes(UTF_8)).build());
    }

    private void awaitOutput(JobView job, long from, long offset, String text, long next) {
        await().untilAsserted(() -> assertOutput(job, from, offset, text, next));
    }

    private void assertOutput(JobView job, long from, long offset, String text, long next) {
        JsonNode output = output(job, from);
        assertThat(output.path("text").asString()).isEqualTo(text);
        assertThat(output.path("offset").asLong()).isEqualTo(offset);
        assertThat(output.path("next").asLong()).isEqualTo(next);
    }

    private JsonNode output(JobView job, long from) {
        return Objects.requireNonNull(call(job.id(), String.valueOf(from)).getBody());
    }

    private ResponseEntity<JsonNode> call(String id, String from) {
        return this.api.get("/jobs/" + id + "/output?from=" + from).retrieve().toEntity(JsonNode.class);
    }

    private long storedChunks(JobView job) {
        return this.mongo.count(Query.query(Criteria.where("job").is(job.id())), StoredOutput.COLLECTION);
    }

}
