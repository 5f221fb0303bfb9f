package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.ClientExamples;
import dev.jobprocessor.api.webhooks.TestReceiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Verifies deliveries as the documentation shows it. */
@ApiIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class ReceiverExamplesIntegrationTests {

    private static final Pattern PORT = Pattern.compile("port (\\d+)");

    @TempDir
    private Path directory;

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    private ClientExamples examples;

    private String secret;

    @BeforeEach
    void start() {
        this.mongo.remove(new Query(), SecretsOfSubmitter.class);
        this.examples = new ClientExamples(this.directory);
        this.secret = body(this.api.call(HttpMethod.POST, "/webhook-secrets")).path("secret").asString();
    }

    @AfterEach
    void stop() {
        this.examples.close();
    }

    @Test
    void java(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext receiver = new SpringApplicationBuilder(WebServer.class,
                this.examples.java("JobWebhook"))
            .run("--spring.config.location=optional:file:none/", "--server.port=0",
                    "--jobs.webhook-secret=" + this.secret)) {
            String url = "http://localhost:%s/hooks/jobs"
                .formatted(receiver.getEnvironment().getProperty("local.server.port"));
            String id = completeJob(url);
            await().until(() -> output.getOut().contains("job.completed " + id));
            awaitDelivery(id);
            assertRefusesForgery(url);
        }
    }

    @Test
    void typeScript() throws Exception {
        ClientExamples.assumeTypeScript();
        Path script = this.examples.typeScript("receiver", ClientExamples.find("ts", "createServer"));
        Files.writeString(script, onFreePort(Files.readString(script)));
        Process receiver = this.examples.start(Map.of("WEBHOOK_SECRET", this.secret), "node", "receiver.js");
        Matcher port = PORT.matcher(this.examples.awaitOutput(receiver, "port "));
        assertThat(port.find()).isTrue();
        String url = "http://localhost:%s/hooks/jobs".formatted(port.group(1));
        String id = completeJob(url);
        this.examples.awaitOutput(receiver, "job.completed " + id);
        awaitDelivery(id);
        assertRefusesForgery(url);
    }

    private static String onFreePort(String script) {
        assertThat(script).contains(".listen(8080)");
        return script.replace(".listen(8080)",
                ".listen(0, function () { console.log(`port ${this.address().port}`) })");
    }

    @Test
    void shell() throws Exception {
        ClientExamples.assumeInstalled("sh", "openssl", "base64", "od", "tr");
        try (TestReceiver receiver = new TestReceiver()) {
            completeJob(receiver.url());
            await().until(() -> !receiver.received().isEmpty());
            Received received = receiver.received().getFirst();
            Files.writeString(this.directory.resolve("body.json"), received.body());
            Process verification = this.examples.shell(ClientExamples.find("sh", "# verify"),
                    Map.of("SECRET", this.secret, "ID", received.id(), "TIME", received.header("webhook-timestamp")));
            assertThat("v1," + this.examples.output(verification).strip())
                .isEqualTo(received.header("webhook-signature"));
        }
    }

    private String completeJob(String url) {
        JsonNode job = body(this.api.post("/jobs", Map.of("prompt", "a", "webhook", Map.of("url", url)), Map.of())
            .retrieve()
            .toEntity(JsonNode.class));
        String id = job.path("id").asString();
        this.api.callback(id, 1, "COMPLETED", "é\u2028\"");
        return id;
    }

    private void awaitDelivery(String jobId) {
        await().until(() -> body(this.api.call(HttpMethod.GET, "/jobs/" + jobId + "/deliveries")).path(0)
            .path("httpStatus")
            .asInt() == 204);
    }

    private static void assertRefusesForgery(String url) throws IOException, InterruptedException {
        String signature = Base64.getEncoder().encodeToString("forged".getBytes(StandardCharsets.US_ASCII));
        HttpRequest forgery = HttpRequest.newBuilder(URI.create(url))
            .headers("content-type", "application/json", "webhook-id", "msg", "webhook-timestamp",
                    String.valueOf(System.currentTimeMillis() / 1000), "webhook-signature", "v1," + signature)
            .POST(BodyPublishers.ofString("{\"type\": \"job.completed\", \"data\": {}}"))
            .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(forgery, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        }
    }

    private static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

    /** A receiver's own service. */
    @ImportAutoConfiguration({ JettyServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
            WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
            JacksonAutoConfiguration.class })
    static class WebServer {

    }

}
