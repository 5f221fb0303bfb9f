package dev.jobprocessor.embedded;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The places of documents in the order of some of their fields, and then of their ids, in
 * memory. It gives up when one of the fields is an array, because such a document has
 * many places.
 */
final class OrderedIndex extends Index<Object> {

    private final Comparator<IndexEntry> order;

    private final NavigableSet<IndexEntry> entries;

    private boolean givenUp;

    OrderedIndex(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        this.order = IndexEntry.order(keys);
        this.entries = new TreeSet<>(this.order);
    }

    boolean isUsable() {
        return !this.givenUp;
    }

    @Override
    protected boolean isSparse() {
        return super.isSparse();
    }

    NavigableSet<IndexEntry> between(IndexEntry first, IndexEntry last) {
        return (this.order.compare(first, last) > 0) ? Collections.emptyNavigableSet()
                : this.entries.subSet(first, true, last, true);
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        List<Object> values = values(document);
        if (values.stream().anyMatch(Collection.class::isInstance)) {
            this.givenUp = true;
            this.entries.clear();
        }
        else if (!this.givenUp && !isLeftOut(document)) {
            this.entries.add(IndexEntry.of(values, position));
        }
    }

    @Override
    public Object remove(Document document) {
        Object position = Missing.ofNullable(document.get("_id"));
        this.entries.remove(IndexEntry.of(values(document), position));
        return position;
    }

    @Override
    public void updateInPlace(Document oldDocument, Document newDocument, Object position,
            MongoCollection<Object> collection) {
        if (!values(oldDocument).equals(values(newDocument)) || isLeftOut(oldDocument) != isLeftOut(newDocument)) {
            this.entries.remove(IndexEntry.of(values(oldDocument), position));
            add(newDocument, position, collection);
        }
    }

    private List<Object> values(Document document) {
        return getKeys().stream().map((key) -> Missing.ofNullable(value(document, key))).toList();
    }

    private boolean isLeftOut(Document document) {
        return isSparse() && getKeys().stream().allMatch((key) -> value(document, key) instanceof Missing);
    }

    private static @Nullable Object value(Document document, IndexKey key) {
        return Utils.getSubdocumentValueCollectionAware(document, key.getKey());
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null;
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
    }

    /** Never: a query is answered by an {@link IndexPlan}. */
    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    /** Never, or it would be filled here and not by its {@link DocumentCollection}. */
    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public long getCount() {
        return this.entries.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        this.entries.clear();
    }

}
