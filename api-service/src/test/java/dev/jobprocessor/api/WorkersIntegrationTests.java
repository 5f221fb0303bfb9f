package dev.jobprocessor.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.PausedQueues;
import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.testing.TestBroker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** What workers report of themselves, and what they must do. */
@ApiIntegrationTest
class WorkersIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private PausedQueues paused;

    @Autowired
    private MongoOperations mongo;

    private final JsonMapper json = new JsonMapper();

    @AfterEach
    void forgetWorkers() {
        this.mongo.remove(new Query(), "workers");
        this.paused.names().forEach(this.paused::resume);
    }

    @Test
    void listsWorkersAsTheyReportThemselves() {
        heartbeat(this.json.readTree(ExampleEvents.read("heartbeat.json")));
        heartbeat(worker("worker-0", List.of()));

        JsonNode workers = call(HttpMethod.GET, "/workers", 200);
        assertThat(workers.findValuesAsString("name")).startsWith("worker-0").contains("worker-1");
        JsonNode worker = workers.get(1);
        assertThat(worker.path("state").asString()).isEqualTo("running");
        assertThat(worker.path("version").asString()).isEqualTo("1.2.3");
        assertThat(worker.path("inFlight").asInt()).isEqualTo(2);
        assertThat(worker.path("jobs").toString())
            .isEqualTo("[\"6925f0a1c3b2a40f5d1e7a01\",\"6925f0a1c3b2a40f5d1e7a02\"]");
        assertThat(worker.path("queues").toString())
            .isEqualTo("[{\"name\":\"default\",\"processor\":\"mock\",\"concurrency\":1000},"
                    + "{\"name\":\"llm\",\"processor\":\"n8n\",\"concurrency\":50,"
                    + "\"limit\":{\"reason\":\"Rate limit exceeded\",\"millis\":8000,\"calls\":4,\"limitedForSeconds\":90}}]");
        assertThat(worker.path("memory").toString()).isEqualTo("{\"used\":104857600,\"max\":536870912}");
        assertThat(workers.get(0).has("memory")).isFalse();
        assertThat(worker.path("lastHeartbeat").asString()).endsWith("Z");
    }

    @Test
    void showsTheJobsThatAWorkerHasRunForLongest() {
        heartbeat(worker("worker-1",
                IntStream.range(0, 101)
                    .mapToObj((i) -> attempt("6925f0a1c3b2a40f5d1e7%03d".formatted(i), 1))
                    .toList()));

        JsonNode jobs = call(HttpMethod.GET, "/workers", 200).get(0).path("jobs");
        assertThat(jobs).hasSize(100);
        assertThat(jobs.get(99).asString()).endsWith("7099");
    }

    @Test
    void returnsWhichAttemptsOfAWorkerAreNotOpen() {
        JobView open = this.api.submit("open");
        JobView cancelled = this.api.submit("cancelled");
        JobView retried = this.api.submit("retried");
        call(HttpMethod.POST, "/jobs/" + cancelled.id() + "/cancel", 200);
        call(HttpMethod.POST, "/jobs/" + retried.id() + "/cancel", 200);
        call(HttpMethod.POST, "/jobs/" + retried.id() + "/retry", 200);

        JsonNode ended = heartbeat(worker("worker-1",
                List.of(attempt(open.id(), 1), attempt(cancelled.id(), 1), attempt(retried.id(), 1),
                        attempt(retried.id(), 2), attempt("6925f0a1c3b2a40f5d1e7a01", 1), attempt("no id", 1))))
            .path("ended");
        assertThat(ended.findValuesAsString("jobId")).containsExactly(cancelled.id(), retried.id(),
                "6925f0a1c3b2a40f5d1e7a01", "no id");
    }

    @Test
    void returnsWhichQueuesArePaused() {
        call(HttpMethod.POST, "/queues/llm/pause", 200);
        assertThat(heartbeat(worker("worker-1", List.of())).path("pausedQueues").toString()).isEqualTo("[\"llm\"]");

        call(HttpMethod.POST, "/queues/llm/resume", 200);
        assertThat(heartbeat(worker("worker-1", List.of())).path("pausedQueues").toString()).isEqualTo("[]");
    }

    @Test
    void drainsAWorkerUntilItIsResumed() {
        heartbeat(worker("worker-1", List.of()));

        assertThat(call(HttpMethod.POST, "/workers/worker-1/drain", 200).path("state").asString())
            .isEqualTo("draining");
        assertThat(heartbeat(worker("worker-1", List.of())).path("drain").asBoolean()).isTrue();
        assertThat(state()).isEqualTo("draining");

        assertThat(call(HttpMethod.POST, "/workers/worker-1/resume", 200).path("state").asString())
            .isEqualTo("running");
        assertThat(heartbeat(worker("worker-1", List.of())).path("drain").asBoolean()).isFalse();
        assertThat(call(HttpMethod.POST, "/workers/worker-2/drain", 404).path("type").asString())
            .isEqualTo("urn:job-processor:worker-not-found");
    }

    @Test
    void listsNoWorkerThatStopped() {
        Map<String, Object> worker = worker("worker-1", List.of());
        worker.put("stopping", true);
        heartbeat(worker);
        assertThat(state()).isEqualTo("draining");

        worker.put("stopped", true);
        heartbeat(worker);
        assertThat(call(HttpMethod.GET, "/workers", 200)).isEmpty();
    }

    @Test
    void hearsNobodyWithoutTheSecret() {
        assertThat(post(worker("worker-1", List.of()), "guess").getStatusCode().value()).isEqualTo(401);
        assertThat(call(HttpMethod.GET, "/workers", 200)).isEmpty();
    }

    @Test
    void publishesToAllWorkersWhatIsUrgent() throws Exception {
        try (Control control = Control.listen()) {
            JobView job = this.api.submit("a");
            call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel", 200);
            JsonNode cancelled = control.next();
            assertThat(cancelled.at("/ended/0/jobId").asString()).isEqualTo(job.id());
            assertThat(cancelled.at("/ended/0/attempt").asInt()).isEqualTo(1);
            assertThat(cancelled.path("heartbeat").asBoolean()).isFalse();

            call(HttpMethod.POST, "/queues/llm/pause", 200);
            assertThat(control.next().path("heartbeat").asBoolean()).isTrue();

            heartbeat(worker("worker-1", List.of()));
            call(HttpMethod.POST, "/workers/worker-1/drain", 200);
            assertThat(control.next().path("heartbeat").asBoolean()).isTrue();
        }
    }

    private String state() {
        return call(HttpMethod.GET, "/workers", 200).get(0).path("state").asString();
    }

    private static Map<String, Object> worker(String name, List<Map<String, Object>> attempts) {
        return new HashMap<>(Map.of("name", name, "version", "1", "queues", List.of(), "inFlight", attempts.size(),
                "attempts", attempts, "stopping", false, "stopped", false));
    }

    private static Map<String, Object> attempt(String job, int attempt) {
        return Map.of("jobId", job, "attempt", attempt);
    }

    private JsonNode heartbeat(Object heartbeat) {
        return body(post(heartbeat, "sesame"), 200);
    }

    private ResponseEntity<JsonNode> post(Object heartbeat, String secret) {
        return this.api.post("/workers/heartbeat", heartbeat, Map.of("x-webhook-secret", secret))
            .retrieve()
            .toEntity(JsonNode.class);
    }

    private JsonNode call(HttpMethod method, String path, int status) {
        return body(this.api.call(method, path), status);
    }

    private static JsonNode body(ResponseEntity<JsonNode> response, int status) {
        assertThat(response.getStatusCode().value()).isEqualTo(status);
        JsonNode body = response.getBody();
        assertThat(body).isNotNull();
        return body;
    }

    /** What a worker that is connected receives. */
    private record Control(Connection connection, BlockingQueue<String> messages) implements AutoCloseable {

        static Control listen() throws Exception {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(TestBroker.uri());
            Connection connection = factory.newConnection("tests");
            Channel channel = connection.createChannel();
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, "jobs.control", "");
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            channel.basicConsume(queue, true, new DefaultConsumer(channel) {

                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties,
                        byte[] body) {
                    messages.add(new String(body));
                }

            });
            return new Control(connection, messages);
        }

        JsonNode next() throws InterruptedException {
            @Nullable String message = this.messages.poll(1, TimeUnit.MINUTES);
            assertThat(message).as("published to workers").isNotNull();
            return new JsonMapper().readTree(message);
        }

        @Override
        public void close() throws Exception {
            this.connection.close();
        }

    }

}
