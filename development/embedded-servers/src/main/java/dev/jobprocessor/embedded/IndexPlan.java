package dev.jobprocessor.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.jobprocessor.embedded.FieldConditions.Bound;
import dev.jobprocessor.embedded.FieldConditions.Range;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an index where the documents are that may match a query.
 *
 * @param selectivity greater where fewer documents are expected
 * @param sorted whether the documents of each part are in the order that the query asks
 * for
 * @param conditions of how many of the index's fields the query demands something
 */
record IndexPlan(List<NavigableSet<IndexEntry>> parts, int selectivity, boolean sorted, int conditions) {

    /** The greatest is the best. */
    static final Comparator<IndexPlan> BY_USE = Comparator.comparing(IndexPlan::selectivity)
        .thenComparing(IndexPlan::sorted)
        .thenComparing(IndexPlan::conditions);

    static @Nullable IndexPlan of(OrderedIndex index, FieldConditions conditions, Document orderBy) {
        return index.isUsable() ? new Planner(index, conditions, orderBy).plan() : null;
    }

    private static final class Planner {

        private final OrderedIndex index;

        private final List<IndexKey> keys;

        private final FieldConditions conditions;

        private final Document orderBy;

        /** How many leading fields must equal something, and what. */
        private int equalFields;

        private List<List<Object>> prefixes = List.of(List.of());

        Planner(OrderedIndex index, FieldConditions conditions, Document orderBy) {
            this.index = index;
            this.keys = index.getKeys();
            this.conditions = conditions;
            this.orderBy = orderBy;
            extendPrefixes();
        }

        @Nullable IndexPlan plan() {
            Range range = hasNextKey() ? this.conditions.range(nextKey().getKey()) : null;
            boolean exists = this.index.isSparse() && this.conditions.exists(this.keys.getFirst().getKey());
            int selectivity = 2 * this.equalFields + ((range != null || exists) ? 1 : 0);
            boolean forward = isOrder(true);
            boolean backward = !forward && isOrder(false);
            boolean sorts = (forward || backward) && !this.orderBy.isEmpty() && !this.index.isSparse();
            if (selectivity == 0 && !sorts) {
                return null;
            }
            List<NavigableSet<IndexEntry>> parts = this.prefixes.stream().map((prefix) -> part(prefix, range)).toList();
            return new IndexPlan(backward ? parts.stream().map(NavigableSet::descendingSet).toList() : parts,
                    selectivity, forward || backward, demanded());
        }

        private int demanded() {
            return (int) this.keys.stream().map(IndexKey::getKey).filter(this.conditions::demands).count();
        }

        private void extendPrefixes() {
            while (hasNextKey()) {
                Collection<Object> values = values(nextKey().getKey());
                if (values == null) {
                    return;
                }
                this.prefixes = this.prefixes.stream()
                    .flatMap((prefix) -> values.stream().map((value) -> extended(prefix, value)))
                    .toList();
                this.equalFields++;
            }
        }

        /** A sparse index may not have what lacks the field. */
        private @Nullable Collection<Object> values(String field) {
            return (!this.index.isSparse() && this.conditions.isMissing(field)) ? List.of(Missing.getInstance())
                    : this.conditions.values(field);
        }

        private boolean hasNextKey() {
            return this.equalFields < this.keys.size();
        }

        private IndexKey nextKey() {
            return this.keys.get(this.equalFields);
        }

        private NavigableSet<IndexEntry> part(List<Object> prefix, @Nullable Range range) {
            if (range == null) {
                return this.index.between(IndexEntry.before(prefix), IndexEntry.after(prefix));
            }
            boolean ascending = nextKey().isAscending();
            return this.index.between(start(prefix, ascending ? range.from() : range.to()),
                    end(prefix, ascending ? range.to() : range.from()));
        }

        private static IndexEntry start(List<Object> prefix, @Nullable Bound bound) {
            if (bound == null) {
                return IndexEntry.before(prefix);
            }
            List<Object> values = extended(prefix, bound.value());
            return bound.inclusive() ? IndexEntry.before(values) : IndexEntry.after(values);
        }

        private static IndexEntry end(List<Object> prefix, @Nullable Bound bound) {
            if (bound == null) {
                return IndexEntry.after(prefix);
            }
            List<Object> values = extended(prefix, bound.value());
            return bound.inclusive() ? IndexEntry.after(values) : IndexEntry.before(values);
        }

        /** Whether the entries that have one prefix are in the order asked for. */
        private boolean isOrder(boolean forward) {
            Iterator<IndexKey> ordered = orderAfterPrefix().iterator();
            return this.orderBy.entrySet().stream().allMatch((asked) -> {
                boolean ascending = ((Number) asked.getValue()).intValue() > 0;
                IndexKey key = ordered.hasNext() ? ordered.next() : null;
                return key != null && key.getKey().equals(asked.getKey())
                        && key.isAscending() == (ascending == forward);
            });
        }

        private List<IndexKey> orderAfterPrefix() {
            List<IndexKey> order = new ArrayList<>(this.keys.subList(this.equalFields, this.keys.size()));
            if (order.stream().noneMatch((key) -> key.getKey().equals("_id"))) {
                order.add(new IndexKey("_id", true));
            }
            return order;
        }

        private static List<Object> extended(List<Object> values, Object value) {
            List<Object> extended = new ArrayList<>(values);
            extended.add(value);
            return extended;
        }

    }

}
