package dev.jobprocessor.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import de.bwaldvogel.mongo.MongoServer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A database that speaks MongoDB's wire protocol (mongo-java-server) on 127.0.0.1, for
 * machines without MongoDB.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private final MongoServer server;

    private final int port;

    private EmbeddedDatabase(DocumentBackend backend, int port) {
        this.server = new MongoServer(backend);
        this.server.bind(LoopbackPort.address(port));
        this.port = this.server.getLocalAddress().getPort();
    }

    /**
     * Starts an empty database that is gone when it is closed.
     * @param port where it listens; 0 for any free port
     * @throws IllegalStateException if the port is taken
     */
    public static EmbeddedDatabase inMemory(int port) {
        LoopbackPort.requireFree(port);
        return new EmbeddedDatabase(new DocumentBackend(MVStore.open(null), null), port);
    }

    /**
     * Starts the database kept in a directory, which is created if need be. A write is
     * answered after a file has it, so that it survives the sudden death of this process.
     * It may not survive a power failure: the operating system is not asked to flush its
     * buffers.
     * @param directory where the database's file is; used by one process at a time
     * @param port where it listens; 0 for any free port
     * @throws IllegalStateException if the directory is in use or the port is taken
     */
    public static EmbeddedDatabase inDirectory(Path directory, int port) {
        LoopbackPort.requireFree(port);
        MVStore store = open(directory);
        Journal journal = Journal.open(store, directory.resolve("database.journal"));
        return new EmbeddedDatabase(new DocumentBackend(store, journal), port);
    }

    /** The address clients connect to, with the name of the product's database. */
    public String uri() {
        return "mongodb://127.0.0.1:" + this.port + "/job-processor";
    }

    /** Closes the clients' connections and the file, and ends all threads. */
    @Override
    public void close() {
        this.server.shutdownNow();
    }

    private static MVStore open(Path directory) {
        try {
            Files.createDirectories(directory);
            return MVStore.open(directory.resolve("database.mv").toString());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (MVStoreException ex) {
            throw (ex.getErrorCode() == DataUtils.ERROR_FILE_LOCKED)
                    ? new IllegalStateException("Another cluster already runs on " + directory, ex) : ex;
        }
    }

}
