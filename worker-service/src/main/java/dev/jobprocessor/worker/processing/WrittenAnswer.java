package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The text of an answer while it is streamed: reported in parts, at most one in
 * {@link #INTERVAL}, of {@link PartialOutput#MAX_LENGTH} characters. An attempt may be
 * answered anew.
 */
final class WrittenAnswer {

    static final Duration INTERVAL = Duration.ofMillis(250);

    private StringBuilder text = new StringBuilder();

    private final Job job;

    private final PartialOutput output;

    private final LongSupplier nanoTime;

    private long begin;

    private int reported;

    private long last;

    WrittenAnswer(Job job, PartialOutput output, LongSupplier nanoTime) {
        this.job = job;
        this.output = output;
        this.nanoTime = nanoTime;
        this.begin = job.outputOffset();
        this.last = nanoTime.getAsLong();
    }

    /** Forgets what was answered, and reports what follows so that it replaces that. */
    void clear() {
        if (this.reported > 0) {
            this.begin += this.reported + PartialOutput.KEPT;
        }
        this.text = new StringBuilder();
        this.reported = 0;
    }

    void append(String part) {
        this.text.append(part);
        long now = this.nanoTime.getAsLong();
        if (now - this.last >= INTERVAL.toNanos()) {
            this.last = now;
            report();
        }
    }

    private void report() {
        int end = Math.min(this.text.length(), this.reported + PartialOutput.MAX_LENGTH);
        if (end > this.reported && Character.isHighSurrogate(this.text.charAt(end - 1))) {
            end--;
        }
        if (end > this.reported) {
            this.output.written(this.job, this.begin + this.reported, this.text.substring(this.reported, end));
            this.reported = end;
        }
    }

    int length() {
        return this.text.length();
    }

    @Override
    public String toString() {
        return this.text.toString();
    }

}
