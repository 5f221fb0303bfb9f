package dev.jobprocessor.api;

import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.amqp.core.Message;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs that name a queue, from the call to the broker. */
@ApiIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class JobQueuesIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private MongoOperations mongo;

    @Test
    void publishesAJobToItsQueue() {
        String ordinary = this.api.submit("a").id();
        String named = submit("b", "llm");

        assertThat(this.work.take().path("jobId").asString()).isEqualTo(ordinary);
        assertThat(this.work.takeFrom("jobs.work.llm").path("jobId").asString()).isEqualTo(named);
        assertThat(this.api.find(named).request().queue()).isEqualTo("llm");
        assertThat(this.api.find(ordinary).request().queue()).isNull();
    }

    @Test
    void publishesEachJobOfABatchToItsOwn() {
        JsonNode jobs = post("/jobs/batch", List.of(request("a", "llm"), Map.of("prompt", "b")), Map.of()).getBody();

        assertThat(jobs).isNotNull();
        assertThat(this.work.takeFrom("jobs.work.llm").path("jobId")).isEqualTo(jobs.get(0).path("id"));
        assertThat(this.work.take().path("jobId")).isEqualTo(jobs.get(1).path("id"));
    }

    @Test
    void storesNoneOfABatchWithAnUnknownQueue() {
        ResponseEntity<JsonNode> refused = post("/jobs/batch", List.of(request("a", "llm"), request("b", "lmm")),
                Map.of());

        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody()).isNotNull();
        assertThat(refused.getBody().at("/errors/0/field").asString()).isEqualTo("[1].queue");
        assertThat(this.mongo.count(new Query(), Job.class)).isZero();
    }

    @Test
    void comparesTheQueueOfAnIdempotencyKey() {
        Map<String, String> key = Map.of("Idempotency-Key", "key-of-a-queue");

        assertThat(post("/jobs", request("a", "llm"), key).getStatusCode().value()).isEqualTo(201);
        assertThat(post("/jobs", request("a", "llm"), key).getStatusCode().value()).isEqualTo(200);
        assertThat(post("/jobs", Map.of("prompt", "a"), key).getStatusCode().value()).isEqualTo(422);
        assertThat(post("/jobs", request("a", "default"), key).getStatusCode().value()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({ "queue=llm, 'd b'", "queue=default, 'c a'", "queue=llm&status=CANCELLED, b",
            "queue=llm&status=PENDING, d", "queue=default&status=CANCELLED, ''", "queue=llm&q=b, b",
            "queue=removed, ''" })
    void listsJobsOfAQueue(String query, String prompts) {
        this.api.submit("a");
        this.api.call(HttpMethod.POST, "/jobs/" + submit("b", "llm") + "/cancel");
        this.api.submit("c");
        submit("d", "llm");

        List<JobView> jobs = this.api.list("?" + query).getBody();

        assertThat(jobs).isNotNull();
        assertThat(String.join(" ", jobs.stream().map((job) -> job.request().prompt()).toList())).isEqualTo(prompts);
    }

    @Test
    void pagesThroughAQueue() {
        List<String> submitted = List.of(submit("a", "llm"), submit("b", "llm"), submit("c", "llm"));
        this.api.submit("another");

        ResponseEntity<List<JobView>> first = this.api.list("?queue=llm&limit=2");
        assertThat(first.getBody()).extracting(JobView::id).containsExactly(submitted.get(2), submitted.get(1));
        String next = String.valueOf(first.getHeaders().getFirst("Link"));
        String query = next.substring(next.indexOf('?'), next.indexOf('>'));
        assertThat(this.api.list(query).getBody()).extracting(JobView::id).containsExactly(submitted.get(0));
    }

    /** Its queue is neither in the settings nor on the broker any more. */
    @Test
    void keepsJobsOfARemovedQueue(CapturedOutput output) {
        String job = submit("a", "llm");
        this.work.takeFrom("jobs.work.llm");
        this.api.call(HttpMethod.POST, "/jobs/" + job + "/cancel");
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(job)), Update.update(JobFields.QUEUE, "gone"),
                Job.class);

        assertThat(this.api.call(HttpMethod.POST, "/jobs/" + job + "/retry").getStatusCode().value()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(output).contains("Jobs of the queue gone stay in the outbox"));
        assertThat(this.mongo.count(Query.query(Criteria.where(JobFields.DISPATCH_DUE).exists(true)), Job.class))
            .isEqualTo(1);
        assertThat(this.api.find(job).request().queue()).isEqualTo("gone");
        assertThat(this.api.list("?queue=gone").getBody()).extracting(JobView::id).containsExactly(job);

        this.api.callback(job, 2, "COMPLETED", "done elsewhere");

        assertThat(this.api.find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(this.api.metric("jobs_completed_total{queue=\"removed\"}")).isPositive();
    }

    @Test
    void tellsQueuesApartInMetrics() {
        double before = this.api.metric("jobs_submitted_total{queue=\"llm\"}");
        submit("a", "llm");
        this.api.submit("b");

        assertThat(this.api.metric("jobs_submitted_total{queue=\"llm\"}")).isEqualTo(before + 1);
    }

    @Test
    void publishesAnUrgentJobWithPriority() {
        this.api.submit("a");
        JsonNode urgent = post("/jobs", Map.of("prompt", "b", "priority", "high"), Map.of()).getBody();

        assertThat(urgent).isNotNull();
        assertThat(urgent.path("priority").asString()).isEqualTo("high");
        List<Message> messages = List.of(this.work.takeMessage(), this.work.takeMessage());
        assertThat(messages).extracting((message) -> message.getMessageProperties().getPriority())
            .containsExactlyInAnyOrder(0, 5);
    }

    @Test
    void comparesThePriorityOfAnIdempotencyKey() {
        Map<String, String> key = Map.of("Idempotency-Key", "key-of-a-priority");

        assertThat(post("/jobs", Map.of("prompt", "a", "priority", "normal"), key).getStatusCode().value())
            .isEqualTo(201);
        assertThat(post("/jobs", Map.of("prompt", "a"), key).getStatusCode().value()).isEqualTo(200);
        assertThat(post("/jobs", Map.of("prompt", "a", "priority", "high"), key).getStatusCode().value())
            .isEqualTo(422);
    }

    private String submit(String prompt, String queue) {
        JsonNode job = post("/jobs", request(prompt, queue), Map.of()).getBody();
        assertThat(job).isNotNull();
        return job.path("id").asString();
    }

    private ResponseEntity<JsonNode> post(String path, Object body, Map<String, String> headers) {
        return this.api.post(path, body, headers).retrieve().toEntity(JsonNode.class);
    }

    private static Map<String, String> request(String prompt, String queue) {
        return Map.of("prompt", prompt, "queue", queue);
    }

}
