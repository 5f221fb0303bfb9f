package dev.jobprocessor.api.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.EventStreamClient;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
@TestPropertySource(properties = { "streams.max=2", "streams.heartbeat=200ms" })
class JobStreamIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private RabbitTemplate rabbit;

    @LocalServerPort
    private int port;

    private final List<EventStreamClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() throws Exception {
        for (EventStreamClient client : this.clients) {
            client.close();
        }
        await().until(() -> this.api.metric("jobs_streams") == 0);
    }

    @Test
    void followsAJobUntilItHasFinished() {
        String id = published();
        EventStreamClient client = follow(id, "");
        await().until(() -> client.names().equals(List.of("state")));
        assertThat(client.events().getFirst()).contains("\"status\":\"PENDING\"").contains("\"history\":[");
        start(id, 1);
        await().until(() -> client.events().getLast().contains("\"startedAt\""));
        call("/jobs/" + id + "/progress", Map.of("attempt", 1, "percent", 40));
        await().until(() -> client.names().contains("progress"));
        assertThat(client.events().getLast()).contains("\"attempt\":1")
            .contains("\"percent\":40")
            .doesNotContain("prompt");
        this.api.callback(id, 1, "COMPLETED", "r".repeat(10_000));

        await().until(client::hasEnded);

        assertThat(client.events().getLast()).contains("event: state")
            .contains("\"status\":\"COMPLETED\"")
            .contains("r".repeat(10_000))
            .contains("\"history\":[");
        assertThat(client.received()).startsWith("retry: 2000\n\n").doesNotContain("cut");
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
        assertThat(client.header("Cache-Control")).contains("no-store");
        assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
    }

    @Test
    void sendsWhatARunningAttemptWrites() throws Exception {
        String id = published();
        EventStreamClient client = follow(id, "");
        start(id, 1);
        write(id, 1, "Once ");
        await().until(() -> client.events().getLast().contains("\"text\":\"Once \""));
        assertThat(client.events().getLast()).contains("event: output")
            .endsWith("data: {\"attempt\":1,\"offset\":0,\"text\":\"Once \",\"next\":5}");
        client.close();
        write(id, 1, "upon ");

        EventStreamClient again = follow(id, client.lastId());

        write(id, 1, "a time");
        await().until(() -> again.output().equals("upon a time"));
        assertThat(again.events()).anyMatch((event) -> event.contains("\"attempt\":1,\"offset\":5,"));
        this.api.callback(id, 1, "COMPLETED", "r");
        await().until(again::hasEnded);
        assertThat(again.names()).endsWith("state");
    }

    @Test
    void sendsWhatWorkersWriteByTheBroker() {
        String id = published();
        EventStreamClient client = follow(id, "");
        start(id, 1);
        // In this order: messages on other channels may overtake each other.
        this.rabbit.<Object>invoke((channel) -> {
            publish(channel, id, 1, 0, "Once ");
            publish(channel, id, 1, 5, "upon ");
            return id;
        });
        await().until(() -> client.output().equals("Once upon "));
        publish(this.rabbit, id, 2, 10, "no time");
        publish(this.rabbit, id, 1, 10, "a time");

        await().until(() -> client.output().equals("Once upon a time"));

        assertThat(client.events().getLast()).contains("event: output")
            .endsWith("data: {\"attempt\":1,\"offset\":10,\"text\":\"a time\",\"next\":16}");
    }

    private static void publish(RabbitOperations channel, String id, int attempt, long offset, String delta) {
        String message = "{\"jobId\":\"%s\",\"attempt\":%d,\"offset\":%d,\"delta\":\"%s\"}".formatted(id, attempt,
                offset, delta);
        channel.send("jobs", "job.progress", MessageBuilder.withBody(message.getBytes(UTF_8)).build());
    }

    @Test
    void sendsTheOutputOfANewAttemptBehindThatOfTheOneBefore() {
        String id = published();
        EventStreamClient client = follow(id, "");
        start(id, 1);
        write(id, 1, "Once ");
        await().until(() -> client.output().equals("Once "));
        this.api.callback(id, 1, "FAILED", "no");
        await().until(client::hasEnded);
        call("/jobs/" + id + "/retry", Map.of());
        start(id, 2);
        write(id, 2, "There");

        EventStreamClient again = follow(id, client.lastId());

        await().until(() -> again.output().equals("There"));
        assertThat(again.names()).containsExactly("state", "output");
        assertThat(again.events().getLast()).contains("{\"attempt\":2,\"offset\":4294967296,");
    }

    @Test
    void sendsLongOutputInPiecesOfWholeCharacters() {
        String id = published();
        start(id, 1);
        String text = "x".repeat(JobStream.OUTPUT_LENGTH - 1) + "🚀".repeat(JobStream.OUTPUT_LENGTH);
        write(id, 1, text);

        EventStreamClient client = follow(id, "");

        await().until(() -> client.output().equals(text));
        assertThat(client.names()).containsExactly("state", "output", "output", "output");
        assertThat(client.events().get(1)).contains("\"next\":" + (JobStream.OUTPUT_LENGTH - 1));
    }

    private void start(String id, int attempt) {
        call("/jobs/" + id + "/start",
                Map.of("attempt", attempt, "worker", "w", "claim", "c" + attempt, "redelivered", false));
    }

    private void write(String id, int attempt, String delta) {
        call("/jobs/" + id + "/progress", Map.of("attempt", attempt, "delta", delta));
    }

    @Test
    void sendsHeartbeatsWhileNothingChanges() {
        EventStreamClient client = follow(published(), "");

        await().until(() -> client.received().contains("\n\n:\n\n:\n\n"));
        assertThat(client.names()).containsExactly("state");
    }

    @Test
    void goesOnWhereTheClientLeft() throws Exception {
        String id = published();
        EventStreamClient before = follow(id, "");
        await().until(() -> before.names().contains("state"));
        EventStreamClient nothingNew = follow(id, before.lastId());
        await().until(() -> nothingNew.received().contains(":\n\n"));
        assertThat(nothingNew.names()).isEmpty();
        before.close();
        nothingNew.close();
        await().until(() -> this.api.metric("jobs_streams") == 0);
        this.api.callback(id, 1, "COMPLETED", "r");

        EventStreamClient after = follow(id, before.lastId());

        await().until(after::hasEnded);
        assertThat(after.names()).containsExactly("state");
        assertThat(after.events().getFirst()).contains("COMPLETED");
        EventStreamClient last = follow(id, after.lastId());
        assertThat(last.status()).isEqualTo(204);
        this.api.call(HttpMethod.DELETE, "/jobs/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "a.b.c", "1.1.-1", "9999999999999999999.1.0" })
    void beginsAnewWhereTheIdIsNotOneOfItsOwn(String id) {
        EventStreamClient client = follow(published(), id);

        await().until(() -> client.names().equals(List.of("state")));
    }

    @Test
    void endsWithADeletedJob() {
        String id = published();
        EventStreamClient client = follow(id, "");
        await().until(() -> client.names().contains("state"));
        this.mongo.remove(Query.query(Criteria.where(JobFields.ID).is(id)), "jobs");

        await().until(client::hasEnded);

        assertThat(client.names()).containsExactly("state", "deleted");
        assertThat(client.events().getLast()).contains("{\"id\":\"" + id + "\"}");
        EventStreamClient again = follow(id, client.lastId());
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.header("Content-Type")).isEqualTo("application/problem+json");
    }

    /** As another instance does whose push is lost. */
    @Test
    void findsWhatNoPushTold() {
        String id = published();
        EventStreamClient client = follow(id, "");
        await().until(() -> client.names().contains("state"));
        this.mongo.updateFirst(Query.query(Criteria.where(JobFields.ID).is(id)),
                Update.update(JobFields.STATUS, JobStatus.CANCELLED).inc("version", 1L), "jobs");

        await().untilAsserted(() -> assertThat(client.received()).contains("CANCELLED"));
        await().until(client::hasEnded);

        assertThat(client.events().getLast()).contains("CANCELLED");
    }

    @Test
    void refusesAStreamPastTheLimitUntilOneCloses() throws Exception {
        double refused = this.api.metric("jobs_streams_refused_total{limit=\"instance\"}");
        String id = published();
        EventStreamClient first = follow(id, "");
        assertThat(first.status()).isEqualTo(200);
        assertThat(follow(id, "").status()).isEqualTo(200);

        EventStreamClient past = follow(id, "");

        assertThat(past.status()).isEqualTo(503);
        assertThat(past.header("Retry-After")).isEqualTo("30");
        assertThat(past.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(this.api.metric("jobs_streams_refused_total{limit=\"instance\"}")).isEqualTo(refused + 1);
        first.close();
        await().until(() -> this.api.metric("jobs_streams") == 1);
        assertThat(follow(id, "").status()).isEqualTo(200);
    }

    @Test
    void answersHeadWithoutAStream() {
        String id = published();

        assertThat(this.api.call(HttpMethod.HEAD, "/jobs/" + id + "/events").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.metric("jobs_streams")).isZero();
    }

    /** Its publication is a change, too, though it shows nothing. */
    private String published() {
        String id = this.api.submit("a").id();
        await().until(() -> this.mongo.exists(Query.query(Criteria.where(JobFields.ID)
            .is(id)
            .and(JobFields.SENT_AT)
            .exists(true)
            .and(JobFields.DISPATCH_DUE)
            .exists(false)), "jobs"));
        return id;
    }

    private void call(String path, Map<String, Object> body) {
        this.api.post(path, body, Map.of("x-webhook-secret", "sesame")).retrieve().toBodilessEntity();
    }

    private EventStreamClient follow(String id, String lastEventId) {
        EventStreamClient client = EventStreamClient.open(this.port, id,
                lastEventId.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastEventId));
        this.clients.add(client);
        return client;
    }

}
