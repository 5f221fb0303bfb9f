package dev.jobprocessor.faults;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Operations on many jobs, whose instance is killed in the middle of a batch. */
class BulkFaults {

    private static final int JOBS = Scenario.pick(2000, 500);

    /** The lease of the batch has to expire first. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final JsonMapper json = new JsonMapper();

    @Test
    void actsOnEachJobOnceThoughTheApiDiesInTheMiddleOfABatch() throws Exception {
        try (Scenario scenario = Scenario.on("40 API killed amid operations on many jobs", ClusterSetup.of(2, 0));
                MongoClient database = MongoClients.create(scenario.cluster().databaseUri());
                StoredJobs stored = new StoredJobs(scenario.cluster().databaseUri())) {
            scenario.submitBacklog(JOBS);
            MongoCollection<Document> operations = database.getDatabase("job-processor")
                .getCollection("bulk-operations");
            int jobs = stored.findAll().size();
            requireAllDone(scenario, operations, "cancel", jobs);
            requireAllDone(scenario, operations, "retry", jobs);
            assertThat(stored.findAll()).hasSize(jobs).allSatisfy((job) -> {
                assertThat(events(job, "CANCELLED")).isEqualTo(1);
                assertThat(events(job, "RETRIED")).isEqualTo(1);
            });
        }
    }

    private void requireAllDone(Scenario scenario, MongoCollection<Document> operations, String action, int jobs)
            throws Exception {
        ProxiedCluster cluster = scenario.cluster();
        cluster.awaitReady();
        cluster.signal(cluster.api(1), "STOP");
        URI operation = request(cluster.addresses().getFirst(), action);
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(1)).until(() -> isAmidABatch(operations, action));
        cluster.kill(cluster.api(0));
        Instant killed = Instant.now();
        cluster.signal(cluster.api(1), "CONT");
        URI atTheOther = cluster.addresses().getLast().resolve(operation.getPath());
        await().atMost(TIMEOUT).until(() -> read(atTheOther).path("state").stringValue().equals("finished"));
        JsonNode finished = read(atTheOther);
        scenario.note("%s of %d jobs finished %d s after its instance was killed", action, jobs,
                Duration.between(killed, Instant.now()).toSeconds());
        assertThat(finished.path("total").intValue()).isEqualTo(jobs);
        assertThat(finished.path("done").intValue()).isEqualTo(jobs);
        assertThat(finished.path("skipped").intValue()).isZero();
    }

    /** Past the first one, so that there is something to go on from. */
    private static boolean isAmidABatch(MongoCollection<Document> operations, String action) {
        return operations.find(Filters.and(Filters.eq("action", action.toUpperCase(Locale.ROOT)),
                Filters.gte("done", JOBS / 10), Filters.exists("batch")))
            .first() != null;
    }

    private static long events(JsonNode job, String type) {
        return job.path("history")
            .valueStream()
            .filter((event) -> event.path("type").stringValue().equals(type))
            .count();
    }

    private URI request(URI api, String action) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/bulk"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"action\": \"%s\", \"filter\": {}}".formatted(action)))
            .build();
        HttpResponse<String> response = ApiTurns.HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return api.resolve(response.headers().firstValue("Location").orElseThrow());
    }

    private JsonNode read(URI operation) throws Exception {
        return this.json
            .readTree(ApiTurns.HTTP.send(HttpRequest.newBuilder(operation).build(), BodyHandlers.ofString()).body());
    }

}
