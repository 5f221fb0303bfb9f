package dev.jobprocessor.api.output;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.OutputReported;

/**
 * Collects output until it is stored, what follows in one piece. Of each attempt it keeps
 * the last {@link OutputReported#KEPT} characters; beyond {@value #CAPACITY} of all,
 * further output is dropped.
 */
class PendingOutput {

    static final int CAPACITY = 8 * 1024 * 1024;

    /** What a piece takes beside its characters. */
    private static final int OVERHEAD = 100;

    private final Map<JobAttempt, Deque<Piece>> pieces = new HashMap<>();

    private long size;

    /**
     * Adds what may have overtaken what comes before it.
     * @return false where it is dropped
     */
    synchronized boolean add(OutputReported output) {
        if (this.size + output.text().length() > CAPACITY) {
            return false;
        }
        Deque<Piece> written = this.pieces.computeIfAbsent(output.attempt(), (attempt) -> new ArrayDeque<>());
        if (written.isEmpty() || !written.getLast().append(output)) {
            written.addLast(new Piece(output));
            this.size += OVERHEAD;
        }
        this.size += output.text().length();
        forget(written, output.end() - OutputReported.KEPT);
        return true;
    }

    private void forget(Deque<Piece> written, long end) {
        while (!written.isEmpty() && written.getFirst().end() <= end) {
            this.size -= written.removeFirst().text.length() + OVERHEAD;
        }
    }

    /** The jobs of which there is any. */
    synchronized Set<String> jobs() {
        return this.pieces.keySet().stream().map(JobAttempt::jobId).collect(Collectors.toSet());
    }

    /** Removes and returns all of these jobs. */
    synchronized List<OutputReported> take(Set<String> jobs) {
        List<OutputReported> taken = new ArrayList<>();
        this.pieces.entrySet().removeIf((written) -> {
            boolean take = jobs.contains(written.getKey().jobId());
            if (take) {
                written.getValue().forEach((piece) -> taken.add(piece.of(written.getKey())));
                forget(written.getValue(), Long.MAX_VALUE);
            }
            return take;
        });
        return taken;
    }

    private static final class Piece {

        private final long offset;

        private final StringBuilder text;

        Piece(OutputReported output) {
            this.offset = output.offset();
            this.text = new StringBuilder(output.text());
        }

        long end() {
            return this.offset + this.text.length();
        }

        boolean append(OutputReported output) {
            boolean follows = output.offset() == end()
                    && this.text.length() + output.text().length() <= OutputReported.MAX_LENGTH;
            if (follows) {
                this.text.append(output.text());
            }
            return follows;
        }

        OutputReported of(JobAttempt attempt) {
            return new OutputReported(attempt, this.offset, this.text.toString());
        }

    }

}
