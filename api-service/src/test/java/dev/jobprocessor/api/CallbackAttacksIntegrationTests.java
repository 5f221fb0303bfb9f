package dev.jobprocessor.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import com.standardwebhooks.Webhook;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/** What a caller may try who has no secret, or the token of another attempt. */
@ApiIntegrationTest
class CallbackAttacksIntegrationTests {

    private static final String CALLBACK = "/jobs/webhook/callback";

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    @LocalServerPort
    private int port;

    @Autowired
    private ApiClient api;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        this.http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { CALLBACK, "/jobs/webhook;x/callback", "/jobs;x/webhook/callback", CALLBACK + ";x=y",
            CALLBACK + "/", "//jobs//webhook//callback", "/jobs/./webhook/callback", "/jobs/x/../webhook/callback",
            "/jobs/x/..;/webhook/callback", "/jobs/%77ebhook/callback", "/jobs/webhook/%63allback",
            "/jobs/webhook%2Fcallback", "/JOBS/WEBHOOK/CALLBACK", CALLBACK + "?token=sesame",
            CALLBACK + "?x-webhook-secret=sesame", CALLBACK + "?job=%s&attempt=1&token=sesame",
            CALLBACK + "?job=%s&attempt=1&token=", CALLBACK + "?job=%s&attempt=1&token=9999999999.AAAA" })
    void completesNoJobWithoutASecretWhateverThePath(String path) throws Exception {
        JobView job = this.api.submit("a");
        String body = "{\"jobId\":\"%s\",\"attempt\":1,\"result\":\"forged\"}".formatted(job.id());
        assertThat(post(path.replace("%s", job.id()), body)).isIn(400, 401, 404, 405);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = { "job=OTHER&attempt=1&token=T", "job=MINE&job=OTHER&attempt=1&token=T",
            "job=OTHER&job=MINE&attempt=1&token=T", "jo%62=OTHER&job=MINE&attempt=1&token=T",
            "job=MINE&jo%62=OTHER&attempt=1&token=T", "job=MINE&attempt=2&token=T",
            "job=MINE&attempt=1&attempt=2&token=T", "job=MINE&attempt=2&attempt=1&token=T",
            "job=MINE&attemp%74=2&attempt=1&token=T", "job=MINE&attempt=1&attemp%74=2&token=T",
            "job=MINE&attempt=1&token=x&token=T", "job=MINE&attempt=1,2&token=T", "job=MINE&attempt=01&token=T",
            "job=MINE&attempt=1&token=TT" })
    void reportsNothingButItsOwnAttemptByAToken(String query) throws Exception {
        JobView mine = this.api.submit("mine");
        String token = token(mine);
        this.api.callback(mine.id(), 1, "FAILED", "no");
        this.api.call(HttpMethod.POST, "/jobs/" + mine.id() + "/retry");
        JobView other = this.api.submit("other");
        String url = CALLBACK + "?" + query.replace("MINE", mine.id()).replace("OTHER", other.id()).replace("T", token);
        String body = "{\"jobId\":\"%s\",\"attempt\":2,\"result\":\"forged\"}";
        assertThat(post(url, body.formatted(other.id()))).isBetween(400, 409);
        assertThat(post(url, body.formatted(mine.id()))).isBetween(400, 409);
        assertThat(this.api.find(mine.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(this.api.find(other.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void takesNoTokenForTheSecret() throws Exception {
        JobView job = this.api.submit("a");
        String token = token(job);
        HttpRequest.Builder byHeader = request(CALLBACK, "{\"jobId\":\"%s\",\"result\":\"r\"}".formatted(job.id()))
            .header("x-webhook-secret", token);
        assertThat(send(byHeader)).isEqualTo(401);
        assertThat(post("/jobs/" + job.id() + "/start?job=" + job.id() + "&attempt=1&token=" + token,
                "{\"attempt\":1,\"worker\":\"w\",\"claim\":\"c\",\"redelivered\":true}"))
            .isEqualTo(401);
    }

    @Test
    void takesASignedReportOfTheAttemptThatItNames() throws Exception {
        JobView job = this.api.submit("a");
        JobView other = this.api.submit("b");
        String body = "{\"jobId\":\"%s\",\"attempt\":1,\"result\":\"r\"}".formatted(job.id());
        assertThat(send(signed(CALLBACK + "?job=%s&attempt=1".formatted(other.id()), body, body))).isEqualTo(401);
        assertThat(send(signed("/jobs/" + other.id() + "/progress", "{}", "{}"))).isEqualTo(401);
        assertThat(send(signed(CALLBACK, body, body.replace("\"r\"", "\"forged\"")))).isEqualTo(401);
        String unnumbered = body.replace("\"attempt\":1,", "");
        assertThat(send(signed(CALLBACK, unnumbered, unnumbered))).isEqualTo(400);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(send(signed(CALLBACK, body, body))).isEqualTo(200);
        assertThat(this.api.find(job.id()).result()).isEqualTo("r");
        assertThat(this.api.find(other.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    private HttpRequest.Builder signed(String path, String signed, String sent) throws Exception {
        long now = Instant.now().getEpochSecond();
        return request(path, sent).header("webhook-id", "msg_1")
            .header("webhook-timestamp", String.valueOf(now))
            .header("webhook-signature",
                    new Webhook("sesame".getBytes(StandardCharsets.UTF_8)).sign("msg_1", now, signed));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{", "{\"jobId\":\"%s\"}" })
    void recordsNothingOfACallerWithAWrongSignature(String body) throws Exception {
        JobView job = this.api.submit("a");
        assertThat(send(signed(CALLBACK, "", body.replace("%s", job.id())))).isEqualTo(401);
        assertThat(send(signed(CALLBACK, "", body.replace("%s", job.id()) + " ".repeat(9 * 1024 * 1024))))
            .isEqualTo(401);
        assertThat(this.api.find(job.id()).history())
            .noneMatch((event) -> event.type() == JobEvent.Type.CALLBACK_REFUSED);
    }

    @Test
    void isNotCompletedAgainByAReplay() throws Exception {
        JobView job = this.api.submit("a");
        String url = CALLBACK + "?job=%s&attempt=1&token=%s".formatted(job.id(), token(job));
        assertThat(post(url, "{\"result\":\"first\"}")).isEqualTo(200);
        assertThat(post(url, "{\"result\":\"first\"}")).isEqualTo(200);
        assertThat(post(url, "{\"result\":\"second\"}")).isEqualTo(409);
        assertThat(this.api.find(job.id()).result()).isEqualTo("first");
    }

    private String token(JobView job) {
        JsonNode started = Objects.requireNonNull(this.api
            .post("/jobs/" + job.id() + "/start",
                    Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", false), SECRET)
            .retrieve()
            .body(JsonNode.class));
        String query = URI.create(started.get("callbackUrl").stringValue()).getRawQuery();
        return query.substring(query.indexOf("token=") + "token=".length());
    }

    private int post(String path, String body) throws Exception {
        return send(request(path, body));
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    }

    private int send(HttpRequest.Builder request) throws Exception {
        return this.http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

}
