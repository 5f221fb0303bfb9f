package dev.jobprocessor.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.ReceiverDisabled;
import dev.jobprocessor.api.webhooks.Delivery.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Receivers that fail. One that has failed for days is disabled: nothing is sent to it
 * until a user has a delivery sent again. A delivery's result costs nothing here unless
 * its receiver fails, or did.
 */
@Component
class Receivers {

    private static final Logger log = LoggerFactory.getLogger(Receivers.class);

    private static final String ID = "_id";

    private static final String FAILING_SINCE = "failingSince";

    private static final String DISABLED_AT = "disabledAt";

    private static final int MAX_DISABLED = 10_000;

    private final MongoOperations mongo;

    private final ApplicationEventPublisher events;

    private final DatabaseErrors databaseErrors;

    private final Duration disableAfter;

    private final Clock clock;

    /** As they were read last: some may be enabled since. */
    private volatile Set<String> disabled = Set.of();

    Receivers(MongoOperations mongo, ApplicationEventPublisher events, DatabaseErrors databaseErrors,
            DeliverySettings settings, Clock clock) {
        this.mongo = mongo;
        this.events = events;
        this.databaseErrors = databaseErrors;
        this.disableAfter = settings.disableAfter();
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10S")
    void read() {
        Query disabled = Query.query(Criteria.where(DISABLED_AT).exists(true)).limit(MAX_DISABLED);
        try {
            this.disabled = this.mongo.find(disabled, Receiver.class)
                .stream()
                .map(Receiver::id)
                .collect(Collectors.toSet());
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Disabled receivers of webhooks are read later", ex);
        }
    }

    int disabled() {
        return this.disabled.size();
    }

    /** Since when nothing is sent to a receiver; null while it is. */
    @Nullable Instant disabledSince(String id) {
        if (!this.disabled.contains(id)) {
            return null;
        }
        Receiver receiver = this.mongo.findById(id, Receiver.class);
        return (receiver != null) ? receiver.disabledAt() : null;
    }

    /** Takes note of results, which were not refused as their receiver is disabled. */
    void note(Collection<DeliveryResult> results) {
        Set<String> working = receivers(results, true);
        Set<String> failing = receivers(results, false);
        failing.removeAll(working);
        Set<String> all = new HashSet<>(working);
        all.addAll(failing);
        List<Receiver> known = this.mongo.find(Query.query(Criteria.where(ID).in(all)), Receiver.class);
        Set<String> recovered = known.stream().map(Receiver::id).filter(working::contains).collect(Collectors.toSet());
        if (!recovered.isEmpty()) {
            enable(recovered);
        }
        failing.forEach((id) -> this.mongo.upsert(byId(id),
                new Update().setOnInsert(FAILING_SINCE, this.clock.instant()), Receiver.class));
        known.stream().filter((receiver) -> failing.contains(receiver.id())).forEach(this::disableIfDue);
    }

    private static Set<String> receivers(Collection<DeliveryResult> results, boolean delivered) {
        return results.stream()
            .filter((result) -> (result.status() == Status.DELIVERED) == delivered)
            .map((result) -> result.delivery().receiver())
            .collect(Collectors.toCollection(HashSet::new));
    }

    private void disableIfDue(Receiver receiver) {
        Instant now = this.clock.instant();
        if (receiver.failingSince().isAfter(now.minus(this.disableAfter))) {
            return;
        }
        Query enabled = byId(receiver.id())
            .addCriteria(Criteria.where(FAILING_SINCE).is(receiver.failingSince()).and(DISABLED_AT).exists(false));
        if (this.mongo.updateFirst(enabled, Update.update(DISABLED_AT, now), Receiver.class).getModifiedCount() == 1) {
            log.warn(
                    "Webhooks of {} have failed since {}: nothing is sent there any more until a delivery is sent again",
                    receiver.id(), receiver.failingSince());
            this.events.publishEvent(new ReceiverDisabled(receiver.id(), now));
        }
        read();
    }

    /** Sends to these receivers again, as if they had not failed. */
    void enable(Collection<String> ids) {
        this.mongo.remove(Query.query(Criteria.where(ID).in(ids)), Receiver.class);
        Set<String> left = new HashSet<>(this.disabled);
        left.removeAll(ids);
        this.disabled = left;
    }

    private static Query byId(String id) {
        return Query.query(Criteria.where(ID).is(id));
    }

    @Configuration(proxyBeanMethods = false)
    static class Indexes {

        @Bean
        CollectionIndexes receiverIndexes() {
            return new CollectionIndexes(Receiver.COLLECTION,
                    List.of(new Index().on(DISABLED_AT, Direction.ASC).sparse()));
        }

    }

}
