package dev.jobprocessor.api.webhooks;

import java.util.Optional;

import dev.jobprocessor.api.jobs.JobStatus;

/**
 * A job that has a webhook and ended.
 *
 * @param delivery empty where its webhook does not want this end
 */
record EndedJob(String id, int attempt, JobStatus status, Optional<Delivery> delivery) {
}
