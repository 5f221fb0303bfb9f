package dev.jobprocessor.api.output;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.OutputReported;
import dev.jobprocessor.api.jobs.OutputText;
import dev.jobprocessor.api.jobs.WrittenOutput;

import org.springframework.stereotype.Component;

/** Reads what a running attempt has written. */
@Component
class OutputReader implements WrittenOutput {

    /** How long another instance may take to store what it received before. */
    static final Duration STORED_WITHIN = Duration.ofSeconds(2);

    private final StoredOutput store;

    private final Clock clock;

    OutputReader(StoredOutput store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public OutputText read(JobAttempt attempt, long from) {
        return joined(from, this.store.find(attempt, from), this.clock.instant().minus(STORED_WITHIN));
    }

    /**
     * Joins chunks to what follows an offset, up to the first gap. A gap at the beginning
     * is passed over where it is so long that what is missing is not kept, or what is
     * behind it was stored before, as several instances may store what follows each
     * other.
     * @param chunks in order, with no more of what is before the offset than overlaps it
     */
    static OutputText joined(long from, List<OutputChunk> chunks, Instant before) {
        StringBuilder text = new StringBuilder();
        long offset = from;
        long next = from;
        for (OutputChunk chunk : chunks) {
            if (chunk.offset() > next) {
                if (!text.isEmpty() || !isLost(next, chunk, before)) {
                    break;
                }
                offset = chunk.offset();
                next = offset;
            }
            if (chunk.end() > next) {
                int start = start(chunk.text(), (int) (next - chunk.offset()));
                offset = text.isEmpty() ? chunk.offset() + start : offset;
                text.append(chunk.text(), start, chunk.text().length());
                next = chunk.end();
            }
        }
        return new OutputText(offset, text.toString(), next);
    }

    private static boolean isLost(long next, OutputChunk behind, Instant before) {
        return behind.offset() - next >= OutputReported.KEPT || behind.at().isBefore(before);
    }

    /** No text begins with half a surrogate pair, which no UTF-8 can carry. */
    private static int start(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }

}
