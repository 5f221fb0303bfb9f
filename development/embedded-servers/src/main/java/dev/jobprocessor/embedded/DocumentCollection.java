package dev.jobprocessor.embedded;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that finds documents by id and by index where its superclass would look at
 * all. A stored document never changes but is replaced, since other threads may be
 * writing it to the file or to a client.
 */
final class DocumentCollection extends H2Collection {

    private final MVMap<Object, Document> documents;

    private final DocumentBackend backend;

    private boolean changing;

    DocumentCollection(MongoDatabase database, String name, CollectionOptions options,
            MVMap<Object, Document> documents, MVMap<String, Object> meta, CursorRegistry cursors,
            DocumentBackend backend) {
        super(database, name, options, documents, meta, cursors);
        this.documents = documents;
        this.backend = backend;
    }

    @Override
    public synchronized void addIndex(Index<Object> index) {
        if (this.backend.isOpen() && getIndexes().stream().noneMatch((other) -> isSame(index, other))) {
            fill(List.of(index));
        }
        super.addIndex(index);
    }

    /** Makes all indexes in one go, where a store is opened. */
    synchronized void fillIndexes() {
        fill(getIndexes());
    }

    private static boolean isSame(Index<Object> index, Index<Object> other) {
        return index.getName().equals(other.getName());
    }

    private void fill(List<Index<Object>> indexes) {
        this.documents.forEach((position, document) -> indexes.forEach((index) -> index.add(document, position, this)));
    }

    @Override
    public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters arrayFilters,
            boolean isMulti, boolean isUpsert, Oplog oplog) {
        this.changing = true;
        try {
            return super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog);
        }
        finally {
            this.changing = false;
        }
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        this.changing = true;
        try {
            return super.findAndModify(query);
        }
        finally {
            this.changing = false;
        }
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object key = super.addDocumentInternal(document);
        this.backend.changed(this.documents, key, document);
        return key;
    }

    @Override
    protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
        super.handleUpdate(position, oldDocument, newDocument);
        this.backend.changed(this.documents, position, newDocument);
    }

    @Override
    protected void removeDocument(Object position) {
        super.removeDocument(position);
        this.backend.changed(this.documents, position, null);
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected synchronized QueryResult queryDocuments(Document query, @Nullable Document orderBy, int skip, int limit,
            int batchSize, @Nullable Document projection) {
        Stream<Document> candidates = candidates(query, (orderBy != null) ? orderBy : new Document(),
                (limit > 0) ? skip + limit : 0);
        return (candidates != null)
                ? matchDocumentsFromStream(candidates, query, orderBy, skip, limit, batchSize, projection)
                : super.queryDocuments(query, orderBy, skip, limit, batchSize, projection);
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matchedDocuments, int batchSize) {
        return super.createQueryResult(
                this.changing ? matchedDocuments.stream().map(Document::cloneDeeply).toList() : matchedDocuments,
                batchSize);
    }

    /**
     * The documents that may match.
     * @param enough how many matches are wanted, 0 for all
     * @return null where the superclass knows best
     */
    private @Nullable Stream<Document> candidates(Document query, Document orderBy, int enough) {
        FieldConditions conditions = FieldConditions.of(query);
        Collection<Object> ids = conditions.values("_id");
        if (orderBy.containsKey("$natural") || getIndexes().stream().anyMatch((index) -> index.canHandle(query))) {
            return null;
        }
        if (ids != null && "_id".equals(getIdField())) {
            return ids.stream().map(this.documents::get).filter(Objects::nonNull);
        }
        return plans(conditions, orderBy).filter((plan) -> plan.selectivity() > 0 || enough > 0)
            .max(IndexPlan.BY_USE)
            .map((plan) -> candidates(plan, query, enough))
            .orElse(null);
    }

    private Stream<IndexPlan> plans(FieldConditions conditions, Document orderBy) {
        return getIndexes().stream()
            .filter(OrderedIndex.class::isInstance)
            .map(OrderedIndex.class::cast)
            .map((index) -> IndexPlan.of(index, conditions, orderBy))
            .filter(Objects::nonNull);
    }

    private Stream<Document> candidates(IndexPlan plan, Document query, int enough) {
        return plan.parts().stream().flatMap((part) -> {
            Stream<Document> documents = part.stream()
                .map((entry) -> this.documents.get(entry.position()))
                .filter(Objects::nonNull);
            return (plan.sorted() && enough > 0)
                    ? documents.filter((document) -> documentMatchesQuery(document, query)).limit(enough) : documents;
        });
    }

}
