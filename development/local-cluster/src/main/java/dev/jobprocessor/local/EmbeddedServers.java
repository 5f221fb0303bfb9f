package dev.jobprocessor.local;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import dev.jobprocessor.embedded.EmbeddedBroker;
import dev.jobprocessor.embedded.EmbeddedDatabase;

/** The broker and the database of a cluster. */
record EmbeddedServers(EmbeddedBroker broker, EmbeddedDatabase database) implements AutoCloseable {

    /**
     * Starts both at once.
     * @throws CannotStart if another cluster uses the directory
     */
    static EmbeddedServers start(Path data) {
        CompletableFuture<EmbeddedBroker> broker = CompletableFuture.supplyAsync(() -> EmbeddedBroker.start(0));
        EmbeddedDatabase database = database(data.resolve("database"));
        return new EmbeddedServers(broker.join(), database);
    }

    private static EmbeddedDatabase database(Path directory) {
        try {
            return EmbeddedDatabase.inDirectory(directory, 0);
        }
        catch (IllegalStateException ex) {
            throw new CannotStart(String.valueOf(ex.getMessage()));
        }
    }

    @Override
    public void close() {
        this.broker.close();
        this.database.close();
    }

}
