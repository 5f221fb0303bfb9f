package dev.jobprocessor.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DurabilityIntegrationTests {

    private static final int CLIENTS = 8;

    private final Set<String> inserted = ConcurrentHashMap.newKeySet();

    private final Set<String> completed = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path directory;

    @Test
    void answeredWritesSurviveKill() throws Exception {
        Process process = startProcess();
        try (BufferedReader output = process.inputReader();
                MongoClient client = MongoClients.create(output.readLine());
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                String name = "client-" + i;
                clients.execute(() -> writeUntilKilled(name, jobs(client)));
            }
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> this.completed.size() >= 1000);
            }
            finally {
                process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
            }
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(this.directory, 0);
                MongoClient client = MongoClients.create(database.uri())) {
            assertThat(ids(client, new Document())).containsAll(this.inserted);
            assertThat(ids(client, new Document("status", "COMPLETED"))).containsAll(this.completed);
        }
    }

    private Process startProcess() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), this.directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    private void writeUntilKilled(String name, MongoCollection<Document> jobs) {
        try {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                String id = name + "-" + i;
                jobs.insertOne(new Document("_id", id).append("status", "PENDING"));
                this.inserted.add(id);
                jobs.updateOne(new Document("_id", id).append("status", "PENDING"),
                        new Document("$set", new Document("status", "COMPLETED")));
                this.completed.add(id);
            }
        }
        catch (MongoException ex) {
            // killed
        }
    }

    private static Set<String> ids(MongoClient client, Document filter) {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        jobs(client).find(filter).map((job) -> job.getString("_id")).into(ids);
        return ids;
    }

    private static MongoCollection<Document> jobs(MongoClient client) {
        return client.getDatabase("job-processor").getCollection("jobs");
    }

    static final class Main {

        private Main() {
        }

        public static void main(String[] args) {
            EmbeddedDatabase database = EmbeddedDatabase.inDirectory(Path.of(args[0]), 0);
            System.out.println(database.uri());
        }

    }

}
