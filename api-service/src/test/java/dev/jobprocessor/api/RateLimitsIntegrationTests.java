package dev.jobprocessor.api;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

import static dev.jobprocessor.api.ApiKeyCalls.body;
import static dev.jobprocessor.api.ApiKeyCalls.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three submissions a minute, and four jobs that have not finished. */
@KeysRequiredIntegrationTest
@TestPropertySource(properties = { "jobs.submissions.per-minute=3", "jobs.submissions.max-pending=4" })
class RateLimitsIntegrationTests {

    private static volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(15);

    @Autowired
    @TestBean
    private Clock clock;

    @Autowired
    private ApiClient api;

    private ApiKeyCalls admin;

    static Clock clock() {
        return ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    }

    @BeforeEach
    void useTheAdminsKey() {
        this.admin = ApiKeyCalls.admin(this.api);
    }

    @Test
    void acceptsTheQuotaOfAMinuteAndNotOneMore() {
        ApiKeyCalls busy = this.admin.create("busy", "submitter");
        ApiKeyCalls other = this.admin.create("other", "submitter");

        List<ResponseEntity<JsonNode>> accepted = Stream.generate(() -> submit(busy)).limit(3).toList();
        ResponseEntity<JsonNode> refused = submit(busy);

        assertThat(accepted).extracting(ApiKeyCalls::status).containsOnly(201);
        assertThat(accepted).extracting((response) -> header(response, "RateLimit"))
            .containsExactly("\"submissions\";r=2;t=45", "\"submissions\";r=1;t=45", "\"submissions\";r=0;t=45");
        assertThat(status(refused)).isEqualTo(429);
        assertThat(header(refused, HttpHeaders.RETRY_AFTER)).isEqualTo("45");
        assertThat(header(refused, "RateLimit")).isEqualTo("\"submissions\";r=0;t=45");
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:too-many-requests");
        assertThat(body(refused).path("error").asString()).contains("3 jobs a minute");
        assertThat(Stream.concat(accepted.stream(), Stream.of(refused)))
            .extracting((response) -> header(response, "RateLimit-Policy"))
            .containsOnly("\"submissions\";q=3;w=60");
        assertThat(body(busy.get("/jobs"))).hasSize(3);

        ResponseEntity<JsonNode> unaffected = submit(other);
        assertThat(status(unaffected)).isEqualTo(201);
        assertThat(header(unaffected, "RateLimit")).isEqualTo("\"submissions\";r=2;t=45");

        now = now.plusSeconds(44);
        assertThat(status(submit(busy))).isEqualTo(429);
        now = now.plusSeconds(1);
        assertThat(status(submit(busy))).isEqualTo(201);
        now = now.plusSeconds(15);
    }

    @Test
    void acceptsSoManyUnfinishedJobsAndNotOneMore() {
        ApiKeyCalls slow = this.admin.create("slow", "submitter");
        ApiKeyCalls other = this.admin.create("quick", "submitter");
        Stream.generate(() -> submit(slow)).limit(3).forEach((response) -> assertThat(status(response)).isEqualTo(201));
        now = now.plusSeconds(60);
        ResponseEntity<JsonNode> last = submit(slow);

        ResponseEntity<JsonNode> refused = submit(slow);

        assertThat(status(last)).isEqualTo(201);
        assertThat(status(refused)).isEqualTo(429);
        assertThat(header(refused, HttpHeaders.RETRY_AFTER)).isEqualTo("10");
        assertThat(body(refused).path("error").asString()).contains("4 of your jobs may be PENDING");
        assertThat(body(slow.get("/jobs"))).hasSize(4);
        assertThat(status(submit(other))).isEqualTo(201);

        slow.post("/jobs/" + body(last).path("id").asString() + "/cancel", Map.of());
        await().until(() -> status(submit(slow)) == 201);
        assertThat(status(submit(slow))).isEqualTo(429);
    }

    private static ResponseEntity<JsonNode> submit(ApiKeyCalls caller) {
        return caller.post("/jobs", Map.of("prompt", "a"));
    }

    private static String header(ResponseEntity<?> response, String name) {
        return String.join("|", response.getHeaders().getOrEmpty(name));
    }

}
