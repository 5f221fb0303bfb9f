package dev.jobprocessor.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import org.bson.Document;
import org.bson.types.ObjectId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The jobs as the database has them: more than could be made and read job by job through
 * an API in the time of a scenario.
 */
final class StoredJobs implements AutoCloseable {

    private static final int BATCH = 1000;

    private final JsonMapper json = new JsonMapper();

    private final MongoClient client;

    private final MongoCollection<Document> jobs;

    StoredJobs(String uri) {
        this.client = MongoClients.create(uri);
        this.jobs = this.client.getDatabase("job-processor").getCollection("jobs");
    }

    /** Stores accepted jobs that the relay should have published an hour ago. */
    void insertOverdue(int count, Ledger ledger) {
        for (int first = 0; first < count; first += BATCH) {
            List<Document> batch = new ArrayList<>();
            for (int number = first; number < Math.min(first + BATCH, count); number++) {
                batch.add(overdue("overdue " + number));
            }
            this.jobs.insertMany(batch);
            batch.forEach((job) -> {
                ledger.attempted(job.getString("prompt"));
                ledger.accepted(job.getObjectId("_id").toHexString(), job.getString("prompt"));
            });
        }
    }

    private static Document overdue(String prompt) {
        Instant created = Instant.now().minusSeconds(3600);
        return new Document("_id", new ObjectId()).append("prompt", prompt)
            .append("status", "PENDING")
            .append("attempt", 1)
            .append("version", 1L)
            .append("createdAt", created)
            .append("updatedAt", created)
            .append("history", List.of(new Document("type", "CREATED").append("at", created).append("attempt", 1)))
            .append("words", List.of(prompt.split(" ")))
            .append("dispatchDue", created);
    }

    boolean noneIsPending() {
        return this.jobs.find(Filters.eq("status", "PENDING")).first() == null;
    }

    /** How many jobs were published more than once. */
    long publishedTwice() {
        return findAll().stream().filter(StoredJobs::isPublishedTwice).count();
    }

    private static boolean isPublishedTwice(JsonNode job) {
        return job.get("history")
            .valueStream()
            .filter((event) -> event.get("type").stringValue().equals("PUBLISHED"))
            .count() > 1;
    }

    /** All jobs there are, with their histories. */
    List<JsonNode> findAll() {
        List<JsonNode> all = new ArrayList<>();
        this.jobs.find()
            .projection(Projections.include("prompt", "status", "error", "history"))
            .batchSize(BATCH)
            .forEach((job) -> all.add(read(job)));
        return all;
    }

    private JsonNode read(Document job) {
        ObjectNode node = (ObjectNode) this.json.readTree(job.toJson());
        return node.put("id", job.getObjectId("_id").toHexString());
    }

    @Override
    public void close() {
        this.client.close();
    }

}
