package dev.jobprocessor.api.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

import dev.jobprocessor.api.dispatch.Outbox.DueJob;
import dev.jobprocessor.api.dispatch.Outbox.Lease;
import dev.jobprocessor.api.shutdown.LastWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Jobs that this instance has leased and that are not due yet: their ids alone, as they
 * may be cancelled until then. What a stop leaves, it returns to the other instances.
 */
@Component
class LeasedJobs implements LastWrite {

    private static final Logger log = LoggerFactory.getLogger(LeasedJobs.class);

    static final int MAX_SIZE = 10_000;

    private final Outbox outbox;

    private final PriorityQueue<LeasedJob> jobs = new PriorityQueue<>(
            Comparator.comparing((leased) -> leased.job().due()));

    LeasedJobs(Outbox outbox) {
        this.outbox = outbox;
    }

    int freeCapacity() {
        return MAX_SIZE - this.jobs.size();
    }

    void add(Lease lease, List<DueJob> leased) {
        leased.forEach((job) -> this.jobs.add(new LeasedJob(job, lease)));
    }

    /** When the first of them is due; in the far future where there is none. */
    Instant nextDue() {
        LeasedJob first = this.jobs.peek();
        return (first != null) ? first.job().due() : Instant.MAX;
    }

    /** Removes those that are due, up to a limit. */
    Map<Lease, List<String>> takeDue(Instant now, int limit) {
        List<LeasedJob> due = new ArrayList<>();
        while (due.size() < limit && !nextDue().isAfter(now)) {
            due.add(this.jobs.remove());
        }
        return due.stream()
            .collect(Collectors.groupingBy(LeasedJob::lease,
                    Collectors.mapping((leased) -> leased.job().id(), Collectors.toList())));
    }

    @Override
    public void stop() {
        try {
            this.jobs.stream()
                .collect(Collectors.groupingBy(LeasedJob::lease,
                        Collectors.mapping(LeasedJob::job, Collectors.toList())))
                .forEach(this.outbox::release);
        }
        catch (DataAccessException ex) {
            log.warn("{} scheduled jobs are published when their leases have expired", this.jobs.size(), ex);
        }
    }

    private record LeasedJob(DueJob job, Lease lease) {
    }

}
