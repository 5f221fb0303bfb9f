package dev.jobprocessor.api.system;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import dev.jobprocessor.api.system.SystemView.Check;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.IndexField;
import org.springframework.data.mongodb.core.index.IndexInfo;
import org.springframework.stereotype.Component;

/**
 * Asks each part that the service depends on whether it works, at most every few seconds
 * for all callers. One that does not answer in time does not work.
 */
@Component
class SystemChecks {

    private static final Logger log = LoggerFactory.getLogger(SystemChecks.class);

    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** More than this makes schedules and lost workers wrong. */
    private static final Duration MAX_SKEW = Duration.ofSeconds(2);

    private final MongoOperations mongo;

    private final List<CollectionIndexes> indexes;

    private final MeterRegistry meters;

    private final Clock clock;

    private final SharedSnapshot<Check> database;

    private final SharedSnapshot<Check> skew;

    private final SharedSnapshot<Check> built;

    SystemChecks(MongoOperations mongo, List<CollectionIndexes> indexes, MeterRegistry meters, Clock clock,
            DatabaseSettings settings) {
        this.mongo = mongo;
        this.indexes = indexes;
        this.meters = meters;
        this.clock = clock;
        Duration timeout = settings.callTimeout();
        this.database = new SharedSnapshot<>(this::database, MAX_AGE, timeout);
        this.skew = new SharedSnapshot<>(this::skew, MAX_AGE, timeout);
        this.built = new SharedSnapshot<>(this::indexes, MAX_AGE, timeout);
    }

    List<Check> all() {
        return List.of(answered("database", this.database), broker(), outbox(), deadLetters(),
                answered("clock", this.skew), answered("indexes", this.built));
    }

    private static Check answered(String name, SharedSnapshot<Check> check) {
        try {
            return check.get();
        }
        catch (RuntimeException ex) {
            log.debug("The check of the {} failed", name, ex);
            return new Check(name, false, "does not answer");
        }
    }

    private Check database() {
        Document info = this.mongo.executeCommand(new Document("buildInfo", 1));
        return new Check("database", true, "version " + info.getString("version"));
    }

    /** As the metrics of its client have it. */
    private Check broker() {
        double connections = gauge("rabbitmq.connections");
        return (connections > 0)
                ? new Check("broker", true, "%s, %.0f connections".formatted(brokerVersion(), connections))
                : new Check("broker", false, "not connected");
    }

    private String brokerVersion() {
        Gauge version = this.meters.find("broker.version").gauge();
        return (version != null) ? version.getId().getTag("product") + " " + version.getId().getTag("version")
                : "version unknown";
    }

    /** As the metrics have it: NaN while the database is unavailable. */
    private Check outbox() {
        double jobs = gauge("jobs.outbox.depth");
        double age = gauge("jobs.outbox.oldest.age");
        return Double.isNaN(jobs) ? new Check("outbox", false, "unknown") : new Check("outbox", age < 60,
                (jobs == 0) ? "empty" : "%.0f jobs, the first for %.0f s".formatted(jobs, age));
    }

    /** As the metrics have it, too: somebody has to requeue or discard them. */
    private Check deadLetters() {
        double kept = gauge("jobs.dead.letters");
        return Double.isNaN(kept) ? new Check("dead letters", false, "unknown") : new Check("dead letters", kept == 0,
                (kept == 0) ? "none" : "%.0f are kept".formatted(kept), (long) kept);
    }

    private double gauge(String name) {
        Gauge gauge = this.meters.find(name).gauge();
        return (gauge != null) ? gauge.value() : Double.NaN;
    }

    private Check skew() {
        Instant before = this.clock.instant();
        Instant theirs = this.mongo.executeCommand(new Document("isMaster", 1)).getDate("localTime").toInstant();
        Duration taken = Duration.between(before, this.clock.instant());
        Duration skew = Duration.between(before.plus(taken.dividedBy(2)), theirs);
        return new Check("clock", skew.abs().compareTo(MAX_SKEW) <= 0,
                "%d ms from the database's".formatted(skew.toMillis()));
    }

    private Check indexes() {
        List<String> missing = new ArrayList<>();
        int wanted = 0;
        for (CollectionIndexes collection : this.indexes) {
            Set<List<String>> present = this.mongo.indexOps(collection.collection())
                .getIndexInfo()
                .stream()
                .map(SystemChecks::fields)
                .collect(Collectors.toCollection(HashSet::new));
            wanted += collection.indexes().size();
            collection.indexes()
                .stream()
                .map((index) -> List.copyOf(index.getIndexKeys().keySet()))
                .filter((fields) -> !present.contains(fields))
                .forEach((fields) -> missing.add(collection.collection() + " " + fields));
        }
        return new Check("indexes", missing.isEmpty(),
                missing.isEmpty() ? "all %d are built".formatted(wanted) : "not built: " + String.join(", ", missing));
    }

    private static List<String> fields(IndexInfo index) {
        return index.getIndexFields().stream().map(IndexField::getKey).toList();
    }

}
