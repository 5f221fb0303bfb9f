package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that releases stored which knew less of them. */
@ApiIntegrationTest
class OldJobsIntegrationTests {

    private static final Instant SUBMITTED = Instant.parse("2026-01-01T00:00:00Z");

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoTemplate mongo;

    @Test
    void worksOnWhatTheFirstReleaseStored() {
        String id = this.mongo
            .insert(new Document(Map.of("_id", new ObjectId(), "prompt", "an old one", "status", "PENDING", "attempt",
                    1, "version", 1L, "createdAt", SUBMITTED, "updatedAt", SUBMITTED, "sentAt", SUBMITTED)), "jobs")
            .getObjectId("_id")
            .toHexString();
        assertThat(this.api.find(id).status()).isEqualTo(JobStatus.PENDING);
        JsonNode start = Objects.requireNonNull(
                this.api
                    .post("/jobs/%s/start".formatted(id),
                            Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", false),
                            Map.of("x-webhook-secret", "sesame"))
                    .retrieve()
                    .body(JsonNode.class));
        assertThat(start.path("outputOffset").asLong(-1)).isZero();
    }

}
