package dev.jobprocessor.api.output;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobAttempt;

import org.springframework.stereotype.Component;

/** Reads what a running attempt has written. */
@Component
class OutputReader {

    /** How long another instance may take to store what it received before. */
    static final Duration STORED_WITHIN = Duration.ofSeconds(2);

    private final StoredOutput store;

    private final Clock clock;

    OutputReader(StoredOutput store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Reads what follows an offset; from the beginning where the attempt has not written
     * as much, as it began anew.
     */
    OutputText read(Job job, long from) {
        JobAttempt attempt = new JobAttempt(job.id(), job.attempt());
        List<OutputChunk> following = this.store.find(attempt, from)
            .stream()
            .filter((chunk) -> chunk.end() >= from)
            .toList();
        if (following.isEmpty()) {
            return (from > 0) ? read(job, 0) : OutputText.NONE;
        }
        return OutputText.following(from, following, this.clock.instant().minus(STORED_WITHIN));
    }

}
