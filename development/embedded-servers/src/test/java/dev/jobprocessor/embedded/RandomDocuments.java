package dev.jobprocessor.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Documents, filters, sorts and updates over few values, so that they meet often. */
final class RandomDocuments {

    private static final List<String> FIELDS = List.of("status", "createdAt", "due", "n", "words", "nested.a");

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    int id() {
        return this.random.nextInt(300);
    }

    Document document(int id) {
        Document document = new Document("_id", id);
        FIELDS.stream()
            .filter((field) -> !field.contains(".") && !isOneOf(4))
            .forEach((field) -> document.append(field, value(field)));
        return isOneOf(2) ? document.append("nested", new Document("a", value("nested.a"))) : document;
    }

    Document filter() {
        Document filter = new Document();
        if (isOneOf(4)) {
            filter.append("_id", isOneOf(2) ? id() : new Document("$in", Stream.generate(this::id).limit(5).toList()));
        }
        while (isOneOf(2)) {
            String field = oneOf(FIELDS);
            filter.append(field, condition(field));
        }
        if (isOneOf(5)) {
            filter.append("$and", List.of(equality(), equality()));
        }
        return isOneOf(5) ? filter.append("$or", List.of(equality(), equality())) : filter;
    }

    /** An order without ties. */
    Document sort() {
        Document sort = new Document();
        while (isOneOf(2)) {
            sort.append(oneOf(FIELDS), direction());
        }
        return sort.append("_id", direction());
    }

    Document update() {
        String field = oneOf(FIELDS);
        return isOneOf(4) ? new Document("$unset", new Document(field, ""))
                : new Document("$set", new Document(field, value(field)));
    }

    int limit() {
        return isOneOf(2) ? 0 : 1 + this.random.nextInt(20);
    }

    int step() {
        return this.random.nextInt(100);
    }

    private Document equality() {
        String field = oneOf(FIELDS);
        return new Document(field, condition(field));
    }

    private @Nullable Object condition(String field) {
        return switch (this.random.nextInt(8)) {
            case 0, 1 -> value(field);
            case 2 -> new Document("$in", Arrays.asList(value(field), value(field), value(field)));
            case 3 -> new Document(oneOf(List.of("$gt", "$gte")), value(field));
            case 4 -> new Document(oneOf(List.of("$lt", "$lte")), value(field));
            case 5 -> new Document("$gte", value(field)).append(oneOf(List.of("$lt", "$lte")), value(field));
            case 6 -> new Document("$exists", isOneOf(2));
            default -> new Document("$ne", value(field));
        };
    }

    private @Nullable Object value(String field) {
        return switch (field) {
            case "createdAt", "due" -> isOneOf(10) ? null : new Date(1000L * this.random.nextInt(50));
            case "n", "nested.a" -> oneOf(Arrays.asList(1, 1L, 1.0, 2, 2.5, -0.0, 0, 7L, "7", "x", true, null));
            case "words" -> new ArrayList<>(List.of(oneOf(List.of("a", "b")), oneOf(List.of("c", "d"))));
            default -> oneOf(Arrays.asList("PENDING", "COMPLETED", "FAILED", null));
        };
    }

    private int direction() {
        return isOneOf(2) ? 1 : -1;
    }

    private boolean isOneOf(int choices) {
        return this.random.nextInt(choices) == 0;
    }

    private <T extends @Nullable Object> T oneOf(List<T> values) {
        return values.get(this.random.nextInt(values.size()));
    }

}
