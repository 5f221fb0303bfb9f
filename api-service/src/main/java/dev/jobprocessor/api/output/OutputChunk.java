package dev.jobprocessor.api.output;

import java.time.Instant;

import dev.jobprocessor.api.jobs.OutputReported;

/**
 * A stored part of what an attempt wrote.
 *
 * @param end the offset of what follows
 * @param at when it was stored
 */
record OutputChunk(String job, int attempt, long offset, long end, String text, Instant at) {

    static OutputChunk of(OutputReported output, Instant at) {
        return new OutputChunk(output.attempt().jobId(), output.attempt().attempt(), output.offset(), output.end(),
                output.text(), at);
    }

}
