package dev.jobprocessor.api;

import java.util.Map;

import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.PausedQueues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which queues there are, and what a pause holds back. */
@ApiIntegrationTest
class QueuesIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private PausedQueues paused;

    @Autowired
    private MongoOperations mongo;

    @AfterEach
    void resumeAll() {
        this.paused.names().forEach(this.paused::resume);
    }

    @Test
    void listsQueuesWithTheirPause() {
        assertThat(queues()).isEqualTo("[{\"name\":\"default\",\"paused\":false},{\"name\":\"llm\",\"paused\":false}]");

        assertThat(String.valueOf(call("/queues/llm/pause", 200))).isEqualTo("{\"name\":\"llm\",\"paused\":true}");
        call("/queues/llm/pause", 200);
        assertThat(queues()).isEqualTo("[{\"name\":\"default\",\"paused\":false},{\"name\":\"llm\",\"paused\":true}]");

        assertThat(String.valueOf(call("/queues/llm/resume", 200))).isEqualTo("{\"name\":\"llm\",\"paused\":false}");
        call("/queues/llm/resume", 200);
        assertThat(queues()).doesNotContain("true");
    }

    @Test
    void acceptsJobsOfAPausedQueueAndLetsNoneStart() {
        call("/queues/default/pause", 200);
        JobView job = this.api.submit("a");
        assertThat(this.work.take().path("jobId").asString()).isEqualTo(job.id());

        JsonNode refused = start(job.id(), 503);
        assertThat(refused.path("type").asString()).isEqualTo("urn:job-processor:queue-paused");
        assertThat(this.api.find(job.id()).startedAt()).isNull();

        call("/queues/default/resume", 200);
        start(job.id(), 200);
        assertThat(this.api.find(job.id()).startedAt()).isNotNull();
    }

    @Test
    void pausesNoOtherQueue() {
        call("/queues/llm/pause", 200);
        start(this.api.submit("a").id(), 200);
    }

    @Test
    void finishesWhatRuns() {
        JobView job = this.api.submit("a");
        start(job.id(), 200);
        call("/queues/default/pause", 200);

        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "r").getStatusCode().value()).isEqualTo(200);
    }

    /** What another instance, or this one after a restart, reads. */
    @Test
    void isKnownToAllInstances() {
        call("/queues/llm/pause", 200);

        assertThat(this.mongo.getCollection("paused-queues").countDocuments()).isEqualTo(1);
        assertThat(this.paused.names()).containsExactly("llm");
    }

    @Test
    void resumesAQueueThatIsNoLongerKnown() throws InterruptedException {
        this.paused.pause("gone");
        await().untilAsserted(() -> assertThat(queues()).contains("{\"name\":\"gone\",\"paused\":true}"));

        call("/queues/gone/resume", 200);
        assertThat(queues()).doesNotContain("gone");
    }

    @Test
    void knowsNoOtherQueue() {
        assertThat(call("/queues/lmm/pause", 404).path("type").asString())
            .isEqualTo("urn:job-processor:queue-not-found");
        call("/queues/LLM/resume", 404);
        assertThat(this.api.call(HttpMethod.GET, "/queues/llm/pause").getStatusCode().value()).isEqualTo(405);
    }

    private String queues() {
        return String.valueOf(this.api.call(HttpMethod.GET, "/queues").getBody());
    }

    private JsonNode call(String path, int status) {
        return body(this.api.call(HttpMethod.POST, path), status);
    }

    private JsonNode start(String job, int status) {
        Map<String, Object> start = Map.of("attempt", 1, "worker", "worker-1", "claim", "claim-1", "redelivered",
                false);
        return body(this.api.post("/jobs/" + job + "/start", start, Map.of("x-webhook-secret", "sesame"))
            .retrieve()
            .toEntity(JsonNode.class), status);
    }

    private static JsonNode body(ResponseEntity<JsonNode> response, int status) {
        assertThat(response.getStatusCode().value()).isEqualTo(status);
        JsonNode body = response.getBody();
        assertThat(body).isNotNull();
        return body;
    }

}
