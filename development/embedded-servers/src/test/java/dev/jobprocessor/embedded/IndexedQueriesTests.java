package dev.jobprocessor.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The same changes and questions to our database and to one without our indexes. */
class IndexedQueriesTests {

    private final MongoServer plainServer = new MongoServer(H2Backend.inMemory());

    private final MongoClient plainClient = MongoClients.create(this.plainServer.bindAndGetConnectionString());

    private final MongoCollection<Document> plain = this.plainClient.getDatabase("test").getCollection("documents");

    @TempDir
    private Path directory;

    private EmbeddedDatabase server;

    private MongoClient client;

    private MongoCollection<Document> indexed;

    @BeforeEach
    void start() {
        this.server = EmbeddedDatabase.inDirectory(this.directory, 0);
        this.client = MongoClients.create(this.server.uri());
        this.indexed = this.client.getDatabase("test").getCollection("documents");
    }

    @AfterEach
    void stop() {
        stopIndexed();
        this.plainClient.close();
        this.plainServer.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void answerLikeScans(long seed) {
        RandomDocuments random = new RandomDocuments(seed);
        change(random, 200);
        createIndexes();
        change(random, 800);
        stopIndexed();
        start();
        change(random, 500);
    }

    private void stopIndexed() {
        this.client.close();
        this.server.close();
    }

    private void createIndexes() {
        Stream
            .of(new Document("createdAt", -1).append("_id", -1),
                    new Document("status", 1).append("createdAt", -1).append("_id", -1), new Document("n", -1),
                    new Document("nested.a", 1).append("status", -1), new Document("words", 1))
            .forEach(this.indexed::createIndex);
        this.indexed.createIndex(new Document("due", 1), new IndexOptions().sparse(true));
    }

    private void change(RandomDocuments random, int steps) {
        for (int i = 0; i < steps; i++) {
            int step = random.step();
            if (step < 30) {
                int id = random.id();
                Document document = random.document(id);
                both((documents) -> documents.deleteOne(new Document("_id", id)));
                both((documents) -> documents.insertOne(Document.parse(document.toJson())));
            }
            else if (step < 45) {
                Document filter = random.filter().append("_id", random.id());
                Document update = random.update();
                both((documents) -> documents.updateOne(filter, update));
            }
            else if (step < 50) {
                Document filter = random.filter();
                Document update = random.update();
                both((documents) -> documents.updateMany(filter, update));
            }
            else if (step < 55) {
                Document filter = random.filter();
                Document update = random.update();
                FindOneAndUpdateOptions first = new FindOneAndUpdateOptions().sort(random.sort());
                both((documents) -> String.valueOf(documents.findOneAndUpdate(filter, update, first)));
            }
            else if (step < 60) {
                Document filter = random.filter().append("_id", random.id());
                both((documents) -> documents.deleteMany(filter));
            }
            else {
                ask(random);
            }
        }
        both((documents) -> sorted(documents.find()));
    }

    private void ask(RandomDocuments random) {
        Document filter = random.filter();
        Document sort = random.sort();
        int limit = random.limit();
        int skip = random.limit() / 2;
        both((documents) -> documents.countDocuments(filter));
        both((documents) -> sorted(documents.find(filter)));
        both((documents) -> documents.find(filter).sort(sort).skip(skip).limit(limit).into(new ArrayList<>()));
        both((documents) -> sorted(documents.find(filter).limit(limit)).size());
    }

    private static List<Document> sorted(Iterable<Document> documents) {
        List<Document> sorted = new ArrayList<>();
        documents.forEach(sorted::add);
        sorted.sort(Comparator.comparing((document) -> document.getInteger("_id")));
        return sorted;
    }

    private void both(Function<MongoCollection<Document>, Object> question) {
        assertThat(question.apply(this.indexed)).isEqualTo(question.apply(this.plain));
    }

}
