package dev.jobprocessor.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class EmbeddedDatabaseTests {

    @Test
    void answersPing() {
        try (EmbeddedDatabase database = EmbeddedDatabase.inMemory(0);
                MongoClient client = MongoClients.create(database.uri())) {
            Document response = client.getDatabase("job-processor").runCommand(new Document("ping", 1));
            assertThat(response.getDouble("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void keepsDocumentsAndUniqueSparseIndexWhenOpenedAgain(@TempDir Path directory) {
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(directory, 0);
                MongoClient client = MongoClients.create(database.uri())) {
            jobs(client).createIndex(new Document("key", 1), new IndexOptions().unique(true).sparse(true));
            jobs(client).insertOne(new Document("_id", 1).append("key", "a"));
            jobs(client).insertOne(new Document("_id", 2));
            jobs(client).insertOne(new Document("_id", 3));
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(directory, 0);
                MongoClient client = MongoClients.create(database.uri())) {
            assertThat(jobs(client).countDocuments()).isEqualTo(3);
            assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> jobs(client).insertOne(new Document("_id", 4).append("key", "a")))
                .withMessageContaining("E11000");
        }
    }

    @Test
    void forgetsCollectionThatWasDropped(@TempDir Path directory) {
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(directory, 0);
                MongoClient client = MongoClients.create(database.uri())) {
            jobs(client).insertOne(new Document("_id", 1));
            jobs(client).drop();
            jobs(client).insertOne(new Document("_id", 2));
            assertThat(jobs(client).find().first()).containsEntry("_id", 2);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(directory, 0);
                MongoClient client = MongoClients.create(database.uri())) {
            assertThat(jobs(client).countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void refusesDirectoryInUse(@TempDir Path directory) {
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(directory, 0)) {
            assertThat(database.uri()).startsWith("mongodb://127.0.0.1:");
            assertThatIllegalStateException().isThrownBy(() -> EmbeddedDatabase.inDirectory(directory, 0))
                .withMessage("Another cluster already runs on " + directory);
        }
    }

    @Test
    void refusesPortInUse(@TempDir Path directory) {
        try (EmbeddedDatabase database = EmbeddedDatabase.inMemory(0)) {
            int port = Integer.parseInt(database.uri().replaceAll("\\D*127.0.0.1:(\\d+).*", "$1"));
            assertThatIllegalStateException().isThrownBy(() -> EmbeddedDatabase.inDirectory(directory, port))
                .withMessage("Port %d is already in use on this machine", port);
        }
    }

    @Test
    void endsItsThreads(@TempDir Path directory) {
        Set<Thread> before = threads();
        try (EmbeddedDatabase database = EmbeddedDatabase.inDirectory(directory, 0);
                MongoClient client = MongoClients.create(database.uri())) {
            jobs(client).insertOne(new Document("_id", 1));
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> before.containsAll(threads()));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().matches("(?i).*(mongo-server|mvstore|h2-).*"))
            .collect(Collectors.toSet());
    }

    private static MongoCollection<Document> jobs(MongoClient client) {
        return client.getDatabase("job-processor").getCollection("jobs");
    }

}
