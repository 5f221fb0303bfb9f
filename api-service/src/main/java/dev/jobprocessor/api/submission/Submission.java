package dev.jobprocessor.api.submission;

import java.util.List;

import dev.jobprocessor.api.jobs.Job;

/**
 * The jobs of one call, in the order of its prompts.
 *
 * @param added those that this very call stored
 */
record Submission(List<Job> jobs, List<Job> added) {

    /** Whether an earlier call with the same idempotency key made the jobs. */
    boolean replayed() {
        return this.added.isEmpty() || this.added.getFirst() != this.jobs.getFirst();
    }

}
