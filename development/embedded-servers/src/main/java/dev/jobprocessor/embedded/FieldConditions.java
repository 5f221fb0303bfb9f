package dev.jobprocessor.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a query demands of its fields, as far as an index can use it. Documents that meet
 * these conditions still have to be matched with the query.
 */
final class FieldConditions {

    private final Map<String, List<Object>> conditions = new HashMap<>();

    static FieldConditions of(Document query) {
        FieldConditions conditions = new FieldConditions();
        conditions.add(query);
        return conditions;
    }

    private void add(Document query) {
        query.forEach((field, condition) -> {
            if (field.equals("$and") && condition instanceof Collection<?> all) {
                all.forEach((part) -> add((Document) part));
            }
            else if (condition != null) {
                this.conditions.computeIfAbsent(field, (name) -> new ArrayList<>()).add(condition);
            }
        });
    }

    boolean demands(String field) {
        return this.conditions.containsKey(field);
    }

    /** The values of which the field must have one, ascending; null if others will do. */
    @Nullable Collection<Object> values(String field) {
        Stream<Object> equals = of(field).filter(FieldConditions::isSimple);
        return Stream.concat(equals, operands(field, "$eq").filter(FieldConditions::isSimple))
            .findFirst()
            .map((value) -> (Collection<Object>) List.of(value))
            .or(() -> operands(field, "$in").flatMap(FieldConditions::alternatives).findFirst())
            .orElse(null);
    }

    /** The range in which the field's value must be; null if there is none. */
    @Nullable Range range(String field) {
        Bound from = bound(field, "$gte", "$gt");
        Bound to = bound(field, "$lte", "$lt");
        return (from != null || to != null) ? new Range((from != null) ? from : Bound.AFTER_NULL, to) : null;
    }

    boolean exists(String field) {
        return operands(field, "$exists").anyMatch(Boolean.TRUE::equals);
    }

    /**
     * Whether documents without the field match, all of which an index has in one place.
     */
    boolean isMissing(String field) {
        return operands(field, "$exists").anyMatch(Boolean.FALSE::equals);
    }

    private @Nullable Bound bound(String field, String inclusive, String exclusive) {
        Stream<Bound> inclusives = operands(field, inclusive).filter(FieldConditions::isSimple)
            .map((value) -> new Bound(value, true));
        Stream<Bound> exclusives = operands(field, exclusive).filter(FieldConditions::isSimple)
            .map((value) -> new Bound(value, false));
        return Stream.concat(inclusives, exclusives).findFirst().orElse(null);
    }

    private Stream<Object> operands(String field, String operator) {
        return of(field).filter(Document.class::isInstance)
            .map(Document.class::cast)
            .flatMap((operators) -> Stream.ofNullable(operators.get(operator)));
    }

    private Stream<Object> of(String field) {
        return this.conditions.getOrDefault(field, List.of()).stream();
    }

    private static Stream<Collection<Object>> alternatives(Object in) {
        if (!(in instanceof Collection<?> values) || !values.stream().allMatch(FieldConditions::isSimple)) {
            return Stream.empty();
        }
        Collection<Object> ascending = new TreeSet<>(ValueComparator.asc());
        ascending.addAll(values);
        return Stream.of(ascending);
    }

    /** Values that equal just what has their place in the order. */
    private static boolean isSimple(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof ObjectId
                || value instanceof Instant || value instanceof Boolean || value instanceof UUID;
    }

    /** One end of a range. */
    record Bound(Object value, boolean inclusive) {

        /** Where the fields begin that have a value at all. */
        static final Bound AFTER_NULL = new Bound(Missing.getInstance(), false);

    }

    /**
     * A range of values.
     *
     * @param to null where it is open
     */
    record Range(Bound from, @Nullable Bound to) {
    }

}
