package dev.jobprocessor.embedded;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;

/** Commits what a command has written before the command is answered. */
final class DocumentBackend extends H2Backend {

    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify", "create",
            "createIndexes", "drop", "dropIndexes", "dropDatabase", "renameCollection");

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    private final AtomicLong written = new AtomicLong();

    private long committed;

    DocumentBackend(MVStore store) {
        super(store);
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = message.getDocument().keySet().iterator().next();
        return (isInMemory() || !WRITES.contains(command)) ? super.handleMessage(message) : write(message);
    }

    private Document write(MongoMessage message) {
        Document answer;
        long ticket;
        this.lock.readLock().lock();
        try {
            answer = super.handleMessage(message);
            ticket = this.written.incrementAndGet();
        }
        finally {
            this.lock.readLock().unlock();
        }
        commitUpTo(ticket);
        return answer;
    }

    private void commitUpTo(long ticket) {
        this.lock.writeLock().lock();
        try {
            if (this.committed < ticket) {
                commit();
                this.committed = this.written.get();
            }
        }
        finally {
            this.lock.writeLock().unlock();
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        // an anonymous class, because H2Database's constructor already opens collections
        return new H2Database(name, getMvStore(), getCursorRegistry()) {
            @Override
            protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
                String namespace = getFullCollectionNamespace(collection);
                return new DocumentCollection(this, collection, options, getMvStore().openMap("databases." + namespace),
                        getMvStore().openMap("meta." + namespace), getCursorRegistry());
            }
        };
    }

}
