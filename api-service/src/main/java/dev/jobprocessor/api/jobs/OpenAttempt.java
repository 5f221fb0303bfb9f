package dev.jobprocessor.api.jobs;

/**
 * The current attempt at a PENDING job.
 *
 * @param number counted from 1
 * @param outputOffset where what it writes begins
 */
public record OpenAttempt(int number, long outputOffset) {

    /** Whether this was not written by an attempt, or a run of it, that is over. */
    public boolean wrote(OutputReported output) {
        return output.attempt().attempt() == this.number && output.offset() >= this.outputOffset;
    }

}
