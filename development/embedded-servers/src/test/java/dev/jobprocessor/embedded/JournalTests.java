package dev.jobprocessor.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JournalTests {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        this.file = this.directory.resolve("journal");
    }

    @Test
    void bringsStoreUpToTheLastChange() {
        Journal journal = Journal.open(MVStore.open(null), this.file);
        journal.append("jobs", 1, new Document("_id", 1).append("status", "PENDING"));
        journal.append("jobs", 2, new Document("_id", 2));
        journal.append("jobs", 1, new Document("_id", 1).append("status", "COMPLETED"));
        journal.append("jobs", 2, null);
        assertThat(replayed()).containsOnlyKeys(1)
            .containsEntry(1, new Document("_id", 1).append("status", "COMPLETED"));
    }

    @Test
    void leavesOutChangeThatWasCutShort() throws IOException {
        Journal journal = Journal.open(MVStore.open(null), this.file);
        journal.append("jobs", 1, new Document("_id", 1));
        journal.append("jobs", 2, new Document("_id", 2));
        try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }
        assertThat(replayed()).containsOnlyKeys(1);
    }

    @Test
    void startsAnewOnceTheStoreHasCommitted() throws IOException {
        Journal journal = Journal.open(MVStore.open(null), this.file);
        journal.append("jobs", 1, new Document("_id", 1));
        journal.checkpoint();
        assertThat(this.file).isEmptyFile();
        journal.append("jobs", 2, new Document("_id", 2));
        assertThat(replayed()).containsOnlyKeys(2);
        journal.close();
        assertThat(Files.exists(this.file)).isFalse();
    }

    private MVMap<Object, Document> replayed() {
        MVStore store = MVStore.open(null);
        Journal.open(store, this.file);
        return store.openMap("jobs", BsonDataType.documentsById());
    }

}
