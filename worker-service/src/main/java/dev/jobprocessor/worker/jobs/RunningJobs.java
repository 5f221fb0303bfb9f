package dev.jobprocessor.worker.jobs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.worker.broker.Attempt;
import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.Outcome;
import dev.jobprocessor.worker.processing.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The attempts that are processed right now. Those that have ended otherwise meanwhile,
 * as their jobs were cancelled, are interrupted: a call closes its connection.
 */
@Component
class RunningJobs {

    private static final Logger log = LoggerFactory.getLogger(RunningJobs.class);

    private final Map<Attempt, Run> running = new LinkedHashMap<>();

    /**
     * Has an attempt processed.
     * @return its outcome; null where it had ended before
     * @throws InterruptedException if the worker stops first
     */
    @Nullable Outcome run(Job job, Processor processor) throws InterruptedException {
        Attempt attempt = new Attempt(job.id(), job.attempt());
        Run run = begin(attempt);
        try {
            Outcome outcome = processor.process(job);
            return end(attempt, run) ? outcome : null;
        }
        catch (InterruptedException | RuntimeException | Error ex) {
            if (end(attempt, run)) {
                throw ex;
            }
            log.debug("Interrupted, as the attempt had ended", ex);
            return null;
        }
    }

    private synchronized Run begin(Attempt attempt) {
        Run run = new Run(Thread.currentThread());
        this.running.put(attempt, run);
        return run;
    }

    /** Returns whether it was not interrupted here, which is over then. */
    private synchronized boolean end(Attempt attempt, Run run) {
        this.running.remove(attempt, run);
        if (run.interrupted) {
            Thread.interrupted();
        }
        return !run.interrupted;
    }

    /** Interrupts those that are still processed. */
    synchronized void interrupt(Collection<Attempt> ended) {
        ended.stream().map(this.running::get).filter(Objects::nonNull).forEach(Run::interrupt);
    }

    synchronized int count() {
        return this.running.size();
    }

    /** Returns those that have been processed for longest. */
    synchronized List<Attempt> oldest(int limit) {
        return this.running.keySet().stream().limit(limit).toList();
    }

    private static final class Run {

        private final Thread thread;

        private boolean interrupted;

        Run(Thread thread) {
            this.thread = thread;
        }

        void interrupt() {
            this.interrupted = true;
            this.thread.interrupt();
        }

    }

}
