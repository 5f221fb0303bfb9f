package dev.jobprocessor.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class JobProgressIntegrationTests {

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Test
    void showsTheLatestPercentAndMessage() {
        JobView job = startedJob("one");
        assertThat(progress(job, Map.of("attempt", 1, "percent", 33.5, "message", "Reading"))).isEqualTo(200);
        assertThat(progress(job, Map.of("percent", 60))).isEqualTo(200);
        JobView running = this.api.find(job.id());
        assertThat(Objects.requireNonNull(running.progress()).percent()).isEqualTo(60);
        assertThat(running.progress().message()).isEqualTo("Reading");
        assertThat(running.progress().at()).isBetween(job.createdAt(), Instant.now());
        await().untilAsserted(() -> assertThat(Objects.requireNonNull(this.api.list("").getBody()).getFirst())
            .extracting(JobView::progress)
            .isEqualTo(running.progress()));
    }

    @Test
    void keepsAnAttemptAliveBeyondItsTimeout() {
        JobView job = startedJob("one");
        for (int minutes = 0; minutes < 20; minutes += 5) {
            letTimePass(job, Duration.ofMinutes(14));
            assertThat(progress(job, Map.of())).isEqualTo(200);
        }
        assertThat(deadline(job)).isAfter(Instant.now().plus(Duration.ofMinutes(14)));
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "done").getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void givesUpAnAttemptWithoutFurtherProgress() {
        JobView job = startedJob("one");
        progress(job, Map.of("percent", 10));
        letTimePass(job, Duration.ofMinutes(16));
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        assertThat(progress(job, Map.of("percent", 20))).isEqualTo(409);
        assertThat(Objects.requireNonNull(this.api.find(job.id()).progress()).percent()).isEqualTo(10);
    }

    @Test
    void takesTheTokenOfItsAttemptAlone() {
        JobView job = this.api.submit("a");
        String query = URI.create(body(start(job, 1, "one")).get("callbackUrl").stringValue()).getRawQuery();
        assertThat(byToken(job, query)).isEqualTo(200);
        assertThat(byToken(startedJob("two"), query)).isEqualTo(401);
        assertThat(byToken(job, query.replace("attempt=1", "attempt=2"))).isEqualTo(401);
        assertThat(byToken(job, "attempt=1")).isEqualTo(401);
        ResponseEntity<JsonNode> started = this.api
            .post("/jobs/" + job.id() + "/start?" + query,
                    Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", true), Map.of())
            .retrieve()
            .toEntity(JsonNode.class);
        assertThat(started.getStatusCode().value()).isEqualTo(401);
    }

    @Test
    void refusesProgressOfAnAttemptThatDoesNotRun() {
        JobView job = this.api.submit("a");
        assertThat(progress(job, Map.of("attempt", 1))).isEqualTo(409);
        start(job, 1, "one");
        assertThat(progress(job, Map.of("attempt", 2))).isEqualTo(409);
        this.api.callback(job.id(), 1, "FAILED", "no");
        assertThat(progress(job, Map.of("attempt", 1))).isEqualTo(409);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        start(job, 2, "two");
        assertThat(progress(job, Map.of("attempt", 1))).isEqualTo(409);
        assertThat(this.api.find(job.id()).progress()).isNull();
        assertThat(this.api.post("/jobs/none/progress", Map.of(), SECRET).retrieve().toBodilessEntity())
            .extracting((answer) -> answer.getStatusCode().value())
            .isEqualTo(404);
    }

    @Test
    void forgetsTheProgressOfAnEarlierStart() {
        JobView job = startedJob("one");
        progress(job, Map.of("percent", 90));
        this.api
            .post("/jobs/webhook/callback",
                    Map.of("jobId", job.id(), "attempt", 1, "status", "DEFERRED", "retryAfterSeconds", 1), SECRET)
            .retrieve()
            .toBodilessEntity();
        assertThat(this.api.find(job.id()).progress()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"percent":0}       | 200
            {"percent":100}     | 200
            {"percent":-0.1}    | 400
            {"percent":100.1}   | 400
            {"percent":"NaN"}   | 400
            {"percent":""}      | 400
            {"percent":"half"}  | 400
            {"attempt":0}       | 400
            {"attempt":""}      | 400
            {"message":"%500"}  | 200
            {"message":"%501"}  | 400
            {"message":"\\ud83d"} | 400
            {"message":7}       | 400
            []                  | 400
            {                   | 400
            """)
    void bindsWhatIsReported(String body, int status) {
        JobView job = startedJob("one");
        String sent = body.replace("%500", "x".repeat(500)).replace("%501", "x".repeat(501));
        assertThat(progress(job, sent)).isEqualTo(status);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    private JobView startedJob(String claim) {
        JobView job = this.api.submit("a");
        assertThat(start(job, 1, claim).getStatusCode().value()).isEqualTo(200);
        return job;
    }

    private ResponseEntity<JsonNode> start(JobView job, int attempt, String claim) {
        return this.api
            .post("/jobs/" + job.id() + "/start",
                    new HashMap<>(
                            Map.of("attempt", attempt, "worker", "worker-1", "claim", claim, "redelivered", false)),
                    SECRET)
            .retrieve()
            .toEntity(JsonNode.class);
    }

    private int progress(JobView job, Object body) {
        return this.api.post("/jobs/" + job.id() + "/progress", body, SECRET)
            .retrieve()
            .toEntity(JsonNode.class)
            .getStatusCode()
            .value();
    }

    private int byToken(JobView job, String query) {
        return this.api.post("/jobs/" + job.id() + "/progress?" + query, Map.of("percent", 1), Map.of())
            .retrieve()
            .toEntity(JsonNode.class)
            .getStatusCode()
            .value();
    }

    private void letTimePass(JobView job, Duration time) {
        this.mongo.updateFirst(byId(job), Update.update(JobFields.DEADLINE, deadline(job).minus(time)), "jobs");
    }

    private Instant deadline(JobView job) {
        return Objects.requireNonNull(this.mongo.findOne(byId(job), org.bson.Document.class, "jobs"))
            .getDate(JobFields.DEADLINE)
            .toInstant();
    }

    private static Query byId(JobView job) {
        return Query.query(Criteria.where("_id").is(new ObjectId(job.id())));
    }

    private static JsonNode body(ResponseEntity<JsonNode> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

}
