package dev.jobprocessor.api.webhooks;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.webhooks.Deliveries.JobOfDelivery;

import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes deliveries that were not deleted with their job, as an instance was killed in
 * between, or stored one a moment later. It looks at one batch after the other, for ever.
 */
@Component
class OrphanedDeliveries {

    private final Deliveries deliveries;

    private final JobDocuments jobs;

    private final DatabaseErrors databaseErrors;

    /** The last that was looked at; empty at the beginning. */
    private String last = "";

    OrphanedDeliveries(Deliveries deliveries, JobDocuments jobs, DatabaseErrors databaseErrors) {
        this.deliveries = deliveries;
        this.jobs = jobs;
        this.databaseErrors = databaseErrors;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    synchronized void sweep() {
        try {
            List<JobOfDelivery> batch = this.deliveries.jobs(this.last);
            deleteOrphans(batch);
            this.last = (batch.size() == Deliveries.BATCH) ? batch.getLast().id() : "";
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Deliveries of deleted jobs are looked for later", ex);
        }
    }

    private void deleteOrphans(List<JobOfDelivery> batch) {
        Set<String> gone = batch.stream().map(JobOfDelivery::jobId).collect(Collectors.toCollection(HashSet::new));
        if (!gone.isEmpty()) {
            this.jobs.findIds(Query.query(Criteria.where(JobFields.ID).in(gone))).forEach(gone::remove);
        }
        if (!gone.isEmpty()) {
            this.deliveries.deleteOfJobs(gone);
        }
    }

}
