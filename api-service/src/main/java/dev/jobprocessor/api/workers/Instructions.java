package dev.jobprocessor.api.workers;

import java.util.List;

import dev.jobprocessor.api.jobs.JobAttempt;

/**
 * What a worker must do.
 *
 * @param pausedQueues queues of which it starts no job
 * @param ended its attempts that are not open any more, whose calls it interrupts
 * @param drain whether it starts nothing and requeues what it has not started
 */
record Instructions(List<String> pausedQueues, List<JobAttempt> ended, boolean drain) {
}
