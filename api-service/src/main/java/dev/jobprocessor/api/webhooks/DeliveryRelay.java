package dev.jobprocessor.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.webhooks.Deliveries.DueDelivery;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what is due: retries, deliveries of an instance that was killed, and those that
 * found too many others of their host waiting here.
 */
@Component
class DeliveryRelay {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Deliveries deliveries;

    private final DeliveryThreads threads;

    private final DeliverySettings settings;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private Instant next = Instant.EPOCH;

    /** Hosts of which more is due than was leased. */
    private Set<String> behind = Set.of();

    DeliveryRelay(Deliveries deliveries, DeliveryThreads threads, DeliverySettings settings,
            DatabaseErrors databaseErrors, Clock clock) {
        this.deliveries = deliveries;
        this.threads = threads;
        this.settings = settings;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
    }

    /** Asks the database at each interval, and when a host that is behind has room. */
    @Scheduled(fixedDelay = 20)
    synchronized void relay() {
        List<String> busy = this.threads.busy();
        Instant now = this.clock.instant();
        if (now.isBefore(this.next) && busy.containsAll(this.behind)) {
            return;
        }
        this.next = now.plus(INTERVAL);
        try {
            relay(new HashSet<>(busy), now);
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Due deliveries are looked for later", ex);
        }
    }

    private void relay(Set<String> without, Instant now) {
        this.behind = Set.copyOf(without);
        List<DueDelivery> due = this.deliveries.due(now, without);
        while (!due.isEmpty()) {
            List<String> ids = withRoom(due, without);
            if (!ids.isEmpty()) {
                this.deliveries.lease(ids, now, this.clock.instant().plus(this.settings.lease()))
                    .forEach(this.threads::send);
            }
            this.behind = Set.copyOf(without);
            due = (due.size() == Deliveries.BATCH) ? this.deliveries.due(now, without) : List.of();
        }
    }

    /**
     * Of each host so many as it has room for; one that has more due is left out next.
     */
    private List<String> withRoom(List<DueDelivery> due, Set<String> without) {
        Map<String, List<String>> byHost = due.stream()
            .collect(
                    Collectors.groupingBy(DueDelivery::host, Collectors.mapping(DueDelivery::id, Collectors.toList())));
        List<String> ids = new ArrayList<>();
        byHost.forEach((host, ofHost) -> {
            int room = Math.max(0, this.threads.room(host));
            ids.addAll(ofHost.subList(0, Math.min(room, ofHost.size())));
            if (room < ofHost.size()) {
                without.add(host);
            }
        });
        return ids;
    }

}
