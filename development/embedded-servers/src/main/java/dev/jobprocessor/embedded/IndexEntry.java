package dev.jobprocessor.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.ValueComparator;
import org.jspecify.annotations.Nullable;

/**
 * The place of a document in an index, or a place between documents.
 *
 * @param values what the index's fields are in the document; of a place between
 * documents, what the leading ones are
 * @param position where the document is; null for a place between documents
 * @param side of a place between documents: -1 before all that have the values, 1 after
 * them
 */
record IndexEntry(List<Object> values, @Nullable Object position, int side) {

    static IndexEntry of(List<Object> values, Object position) {
        return new IndexEntry(values, position, 0);
    }

    static IndexEntry before(List<Object> values) {
        return new IndexEntry(values, null, -1);
    }

    static IndexEntry after(List<Object> values) {
        return new IndexEntry(values, null, 1);
    }

    static Comparator<IndexEntry> order(List<IndexKey> keys) {
        List<ValueComparator> comparators = new ArrayList<>();
        keys.forEach((key) -> comparators.add(key.isAscending() ? ValueComparator.asc() : ValueComparator.desc()));
        return (a, b) -> {
            for (int i = 0; i < Math.min(a.values.size(), b.values.size()); i++) {
                int order = comparators.get(i).compare(a.values.get(i), b.values.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return (a.side != b.side) ? Integer.compare(a.side, b.side)
                    : ValueComparator.asc().compare(a.position, b.position);
        };
    }

}
