package dev.jobprocessor.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/** The jobs as the database has them, read and written behind the API's back. */
final class StoredJobs implements AutoCloseable {

    private static final int BATCH = 1000;

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final Bson UNPUBLISHED = Filters.gte("dispatchDue", new Date(0));

    private final MongoClient client;

    private final MongoDatabase database;

    private final MongoCollection<Document> jobs;

    StoredJobs(String uri) {
        this.client = MongoClients.create(uri);
        this.database = this.client.getDatabase(name(uri));
        this.jobs = this.database.getCollection("jobs");
    }

    static void dropDatabase(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase(name(uri)).drop();
        }
    }

    /** Another collection with the same indexes. */
    MongoCollection<Document> sibling(String name) {
        List<Document> indexes = this.jobs.listIndexes()
            .map((index) -> without(index, "ns", "v"))
            .into(new ArrayList<>());
        this.database.runCommand(new Document("createIndexes", name).append("indexes", indexes));
        return this.database.getCollection(name);
    }

    long count() {
        return this.jobs.countDocuments();
    }

    /** The job that was submitted last. */
    Document newest() {
        Bson order = Sorts.descending("createdAt", "_id");
        return Objects.requireNonNull(this.jobs.find().sort(order).limit(1).first(), "No job is stored");
    }

    /** A job like another, but with an id of its own. */
    static Document copy(Document job) {
        return new Document(job).append("_id", new ObjectId());
    }

    /**
     * Adds completed jobs, in the shape in which the API stored the last one, until there
     * are so many. They are older than it by a millisecond each.
     */
    void fillUpTo(int size) {
        Document model = newest();
        long created = model.getDate("createdAt").getTime();
        for (long stored = count(); stored < size; stored += BATCH) {
            long first = stored;
            List<Document> batch = Stream.iterate(first, (i) -> i < Math.min(first + BATCH, size), (i) -> i + 1)
                .map((i) -> copy(model).append("createdAt", new Date(created - i)))
                .toList();
            this.jobs.insertMany(batch);
        }
    }

    /** Deletes all but the newest. */
    void forget() {
        this.jobs.deleteMany(Filters.ne("_id", newest().get("_id")));
    }

    /** How many wait to be published. */
    long unpublished() {
        return this.jobs.countDocuments(UNPUBLISHED);
    }

    /** Returns when no job waits to be published. */
    void awaitPublished() throws InterruptedException {
        awaitNone(UNPUBLISHED);
    }

    /** Returns when no job waits or runs. */
    void awaitEnd() throws InterruptedException {
        awaitNone(Filters.eq("status", "PENDING"));
    }

    private void awaitNone(Bson jobs) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (this.jobs.find(jobs).limit(1).first() != null) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("After %s there still are jobs with %s".formatted(TIMEOUT, jobs));
            }
            Thread.sleep(100);
        }
    }

    /**
     * How much longer than their work completed jobs took that were created since a time.
     */
    Latencies delays(Instant since, Duration work) {
        Latencies delays = new Latencies();
        for (Document job : times(since)) {
            Duration taken = Duration.between(instant(job, "createdAt"), instant(job, "completedAt"));
            delays.add(taken.minus(work).toNanos());
        }
        return delays;
    }

    /**
     * How many jobs completed in a second, from the first's creation to the last's end.
     */
    double perSecond(Instant since, Duration work) {
        List<Document> completed = times(since);
        Instant first = completed.stream()
            .map((job) -> instant(job, "createdAt"))
            .min(Instant::compareTo)
            .orElseThrow();
        Instant last = completed.stream()
            .map((job) -> instant(job, "completedAt"))
            .max(Instant::compareTo)
            .orElseThrow();
        return completed.size() * 1000.0 / Duration.between(first, last).minus(work).toMillis();
    }

    private List<Document> times(Instant since) {
        return this.jobs
            .find(Filters.and(Filters.eq("status", "COMPLETED"), Filters.gte("createdAt", Date.from(since))))
            .projection(Projections.include("createdAt", "completedAt"))
            .into(new ArrayList<>());
    }

    private static Instant instant(Document job, String field) {
        return job.getDate(field).toInstant();
    }

    private static Document without(Document document, String... fields) {
        Document rest = new Document(document);
        List.of(fields).forEach(rest::remove);
        return rest;
    }

    private static String name(String uri) {
        return Objects.requireNonNull(new ConnectionString(uri).getDatabase());
    }

    @Override
    public void close() {
        this.client.close();
    }

}
