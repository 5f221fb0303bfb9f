package dev.jobprocessor.api.submission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores concurrent calls together: calls that arrive while a group is stored join the
 * next. A burst thus needs one connection and few round trips, where an insert for each
 * call would wait for one of many connections. The number of waiting calls is bounded,
 * and so is the time that each waits.
 */
final class GroupCommit {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** A group with so many jobs accepts no more. */
    static final int MAX_JOBS = 500;

    /** A group is no larger, unless it is a single call. */
    static final long MAX_BYTES = 4 << 20;

    private final Consumer<List<SubmitCall>> store;

    private final Duration timeout;

    private final SubmissionSettings settings;

    private final Set<SubmitCall> waiting = new LinkedHashSet<>();

    private long waitingBytes;

    private boolean storing;

    private long begun;

    GroupCommit(Consumer<List<SubmitCall>> store, Duration timeout, SubmissionSettings settings) {
        this.store = store;
        this.timeout = timeout;
        this.settings = settings;
    }

    /**
     * Returns when the call has finished.
     * @throws SubmissionUnavailable if too many calls wait, or if it does not finish in
     * time. A call that was still waiting is never stored.
     */
    Submission submit(SubmitCall call) {
        add(call);
        try {
            return call.await(timeout(call));
        }
        catch (TimeoutException ex) {
            throw remove(call) ? SubmissionUnavailable.notAccepted() : SubmissionUnavailable.unknown();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw remove(call) ? SubmissionUnavailable.notAccepted() : SubmissionUnavailable.unknown();
        }
    }

    /** A large call takes as many commands as it has megabytes. */
    private Duration timeout(SubmitCall call) {
        return this.timeout.multipliedBy(1 + (call.bytes() >> 20));
    }

    private synchronized void add(SubmitCall call) {
        if (isFull(call)) {
            throw SubmissionUnavailable.notAccepted();
        }
        this.waiting.add(call);
        this.waitingBytes += call.bytes();
        if (!this.storing) {
            begin();
        }
    }

    private void begin() {
        Thread.startVirtualThread(this::storeWaiting);
        this.storing = true;
        this.begun = System.nanoTime();
    }

    private boolean isFull(SubmitCall call) {
        return this.waiting.size() == this.settings.maxWaiting() || (!this.waiting.isEmpty()
                && this.waitingBytes + call.bytes() > this.settings.maxWaitingBytes().toBytes());
    }

    private synchronized boolean remove(SubmitCall call) {
        boolean waited = this.waiting.remove(call);
        this.waitingBytes -= waited ? call.bytes() : 0;
        return waited;
    }

    /** For how long the current group has been stored; zero while there is none. */
    synchronized Duration busy() {
        return this.storing ? Duration.ofNanos(System.nanoTime() - this.begun) : Duration.ZERO;
    }

    private void storeWaiting() {
        try {
            storeGroups();
        }
        catch (RuntimeException | Error ex) {
            log.error("Submissions are stored by another thread, this one failed", ex);
            failed();
        }
    }

    private synchronized void failed() {
        this.storing = false;
        if (!this.waiting.isEmpty()) {
            begin();
        }
    }

    private void storeGroups() {
        for (List<SubmitCall> group = next(); !group.isEmpty(); group = next()) {
            try {
                this.store.accept(group);
            }
            catch (RuntimeException | Error ex) {
                group.forEach((call) -> call.fail(ex));
            }
        }
    }

    private synchronized List<SubmitCall> next() {
        List<SubmitCall> group = new ArrayList<>();
        Iterator<SubmitCall> calls = this.waiting.iterator();
        int jobs = 0;
        long bytes = 0;
        while (jobs < MAX_JOBS && calls.hasNext()) {
            SubmitCall call = calls.next();
            if (!group.isEmpty() && bytes + call.bytes() > MAX_BYTES) {
                break;
            }
            calls.remove();
            group.add(call);
            jobs += call.jobs();
            bytes += call.bytes();
        }
        this.waitingBytes -= bytes;
        this.storing = !group.isEmpty();
        this.begun = System.nanoTime();
        return group;
    }

}
