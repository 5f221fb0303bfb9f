package dev.jobprocessor.worker.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.http.HttpConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

class JobStartsTests {

    private static final String GRANTED = """
            {"deadline": "2026-11-24T10:30:15.061Z", "callbackUrl": "http://api/callback?token=t"}""";

    private final ScriptedServer api = ScriptedServer.start();

    private final JsonMapper json = new JsonMapper();

    @AfterEach
    void stop() {
        this.api.close();
    }

    @Test
    void asksWithTheSecretBesideTheWebhook() throws Exception {
        this.api.then(ScriptedServer.json(200, GRANTED));

        JobStart granted = claim(Duration.ZERO);
        assertThat(this.api.requests()).singleElement().satisfies((request) -> {
            assertThat(request.path()).isEqualTo("/jobs/job-1/start");
            assertThat(request.header("x-webhook-secret")).containsExactly("s3cret");
            assertThat(request.header("transfer-encoding")).isEmpty();
            JsonNode body = this.json.readTree(request.body());
            assertThat(body.path("attempt").asInt()).isEqualTo(2);
            assertThat(body.path("worker").asString()).isEqualTo("worker-1");
            assertThat(body.path("redelivered").asBoolean()).isTrue();
            assertThat(granted).isEqualTo(new JobStart.Granted(body.path("claim").asString(),
                    Instant.parse("2026-11-24T10:30:15.061Z"), "http://api/callback?token=t", 0));
        });
    }

    @Test
    void repeatsTheSameClaimUntilTheApiDecides() throws Exception {
        this.api.then(ScriptedServer.status(503), ScriptedServer.cut(), ScriptedServer.json(200, GRANTED));

        assertThat(claim(Duration.ofMinutes(1))).isInstanceOf(JobStart.Granted.class);
        assertThat(this.api.requests())
            .extracting((request) -> this.json.readTree(request.body()).path("claim").asString())
            .hasSize(3)
            .containsOnly(this.json.readTree(this.api.requests().getFirst().body()).path("claim").asString());
    }

    @Test
    void isRefusedWhatIsSettled() throws Exception {
        this.api.then(ScriptedServer.json(409, "{\"error\":\"claimed\"}"),
                ScriptedServer.json(404, "{\"type\":\"urn:job-processor:job-not-found\",\"error\":\"no job\"}"));

        assertThat(claim(Duration.ZERO)).isEqualTo(new JobStart.Refused("409, claimed"));
        assertThat(claim(Duration.ZERO)).isEqualTo(new JobStart.Refused("404, no job"));
    }

    @Test
    void takesNoOther404ForAnAnswer() throws Exception {
        this.api.otherwise(ScriptedServer.json(404, "{\"error\":\"There is nothing at /jobs/job-1/start.\"}"));

        assertThat(claim(Duration.ZERO)).isInstanceOf(JobStart.Unavailable.class);
    }

    private JobStart claim(Duration hold) throws InterruptedException {
        CallbackSettings settings = new CallbackSettings(this.api.url("/jobs/webhook/callback"), "s3cret", List.of(),
                Duration.ofMinutes(1), 1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), hold);
        return new JobStarts(settings, RestClient.builder(), new HttpConnections(new MockEnvironment()), this.json,
                Clock.systemUTC())
            .claim("job-1", 2, "worker-1", true);
    }

}
