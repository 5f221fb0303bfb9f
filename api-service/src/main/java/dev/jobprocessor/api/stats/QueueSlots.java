package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** The stored slots of each series, read at most every few seconds for all callers. */
@Component
class QueueSlots {

    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final Clock clock;

    private final Map<Series, SharedSnapshot<List<Document>>> snapshots = new EnumMap<>(Series.class);

    QueueSlots(MongoOperations mongo, Clock clock, DatabaseSettings database) {
        this.clock = clock;
        Arrays.stream(Series.values())
            .forEach((series) -> this.snapshots.put(series,
                    new SharedSnapshot<>(() -> load(mongo, series), maxAge(series), database.callTimeout())));
    }

    /** What was read a thirtieth of a slot ago still shows most of it. */
    private static Duration maxAge(Series series) {
        Duration part = series.slot().dividedBy(30);
        return (part.compareTo(MAX_AGE) < 0) ? part : MAX_AGE;
    }

    private List<Document> load(MongoOperations mongo, Series series) {
        Query shown = Query.query(Criteria.where("_id").gte(series.firstSlot(this.clock.instant())));
        return mongo.find(shown, Document.class, series.collection());
    }

    /** What a queue did in all slots of a series. */
    QueueActivity activity(Series series, String queue) {
        QueueActivity activity = new QueueActivity();
        documents(series).stream().flatMap((slot) -> countsIn(slot, queue)).forEach(activity::add);
        return activity;
    }

    /**
     * What a queue did slot by slot, the oldest first.
     * @param queue null for all of them
     */
    List<QueueHistory.Slot> history(Series series, @Nullable String queue) {
        Map<Instant, Document> stored = documents(series).stream()
            .collect(Collectors.toMap((slot) -> slot.getDate("_id").toInstant(), Function.identity()));
        Instant first = series.firstSlot(this.clock.instant());
        return IntStream.range(0, series.slots())
            .mapToObj((i) -> first.plus(series.slot().multipliedBy(i)))
            .map((start) -> {
                QueueActivity activity = new QueueActivity();
                countsIn(stored.getOrDefault(start, new Document()), queue).forEach(activity::add);
                return new QueueHistory.Slot(start, activity.completed(), activity.failed(), activity.waits(),
                        activity.runs());
            })
            .toList();
    }

    private List<Document> documents(Series series) {
        return Objects.requireNonNull(this.snapshots.get(series)).get();
    }

    private static Stream<Document> countsIn(Document slot, @Nullable String queue) {
        Stream<?> counts = (queue != null) ? Stream.ofNullable(slot.get(QueueTally.key(queue)))
                : slot.values().stream();
        return counts.filter(Document.class::isInstance).map(Document.class::cast);
    }

}
