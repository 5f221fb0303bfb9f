package dev.jobprocessor.embedded;

import java.util.List;
import java.util.Set;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Documents in a store, every change also in the journal before it is answered. All
 * indexes are kept in memory and made anew when the store is opened: so a change is one
 * change of one map, and no crash leaves an index that contradicts the documents.
 */
final class DocumentBackend extends H2Backend {

    /** What the journal does not record: that a whole map is dropped or renamed. */
    private static final Set<String> CHANGES_OF_MAPS = Set.of("drop", "dropDatabase", "renameCollection");

    private static final String DOCUMENTS = "databases.";

    private final @Nullable Journal journal;

    private boolean open;

    DocumentBackend(MVStore store, @Nullable Journal journal) {
        super(store);
        this.journal = journal;
        store.getMapNames()
            .stream()
            .filter((map) -> map.startsWith(DOCUMENTS))
            .forEach((map) -> fillIndexes(map.substring(DOCUMENTS.length())));
        this.open = true;
    }

    /** Whether an index is filled when it is added, and not later with all others. */
    boolean isOpen() {
        return this.open;
    }

    /** Notified after a document was put into a map, or null for a removed one. */
    void changed(MVMap<Object, Document> map, Object key, @Nullable Document document) {
        if (this.journal != null) {
            this.journal.append(map.getName(), key, document);
        }
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document response = super.handleMessage(message);
        if (this.journal != null && CHANGES_OF_MAPS.contains(message.getDocument().keySet().iterator().next())) {
            this.journal.checkpoint();
        }
        return response;
    }

    @Override
    public void close() {
        super.close();
        if (this.journal != null) {
            this.journal.close();
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new Database(name);
    }

    private void fillIndexes(String namespace) {
        String database = Utils.getDatabaseNameFromFullName(namespace);
        String collection = Utils.getCollectionNameFromFullName(namespace);
        if (resolveDatabase(database).resolveCollection(collection, false) instanceof DocumentCollection documents) {
            documents.fillIndexes();
        }
    }

    /**
     * Not static, because the constructor of its superclass already opens collections.
     */
    private final class Database extends H2Database {

        Database(String name) {
            super(name, getMvStore(), getCursorRegistry());
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
            String namespace = getFullCollectionNamespace(name);
            MVMap<Object, Document> documents = getMvStore().openMap(DOCUMENTS + namespace,
                    BsonDataType.documentsById());
            MVMap<String, Object> meta = getMvStore().openMap("meta." + namespace);
            return new DocumentCollection(this, name, options, documents, meta, getCursorRegistry(),
                    DocumentBackend.this);
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys,
                boolean sparse) {
            return new UniqueIndex(name, keys, sparse);
        }

        @Override
        protected Index<Object> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys,
                boolean sparse) {
            return new OrderedIndex(name, keys, sparse);
        }

    }

}
