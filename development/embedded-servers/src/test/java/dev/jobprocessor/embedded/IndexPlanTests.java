package dev.jobprocessor.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IndexPlanTests {

    private static final Document AFTER_EPOCH = new Document("$gt", Instant.EPOCH);

    private static final OrderedIndex STARTS = index("startedAt", "sentAt");

    private static final OrderedIndex DEADLINES = index("deadline", "startedAt");

    /** All jobs that ever ran have startedAt, those that run have both. */
    @Test
    void prefersTheIndexOfMoreOfTheFieldsThatTheQueryNames() {
        Document running = new Document("deadline", AFTER_EPOCH).append("startedAt", AFTER_EPOCH);
        assertThat(best(running, STARTS, DEADLINES)).isEqualTo(plan(DEADLINES, running));
        assertThat(best(running, DEADLINES, STARTS)).isEqualTo(plan(DEADLINES, running));
    }

    @Test
    void prefersAFieldThatMustEqualSomething() {
        Document query = new Document("deadline", AFTER_EPOCH).append("startedAt", Instant.EPOCH);
        assertThat(best(query, STARTS, DEADLINES)).isEqualTo(plan(STARTS, query));
    }

    private static IndexPlan best(Document query, OrderedIndex... indexes) {
        return Stream.of(indexes).map((index) -> plan(index, query)).max(IndexPlan.BY_USE).orElseThrow();
    }

    private static IndexPlan plan(OrderedIndex index, Document query) {
        return Objects.requireNonNull(IndexPlan.of(index, FieldConditions.of(query), new Document()));
    }

    private static OrderedIndex index(String first, String second) {
        return new OrderedIndex(first, List.of(new IndexKey(first, true), new IndexKey(second, true)), false);
    }

}
