package dev.jobprocessor.api.output;

import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.jobs.OutputReported;
import dev.jobprocessor.api.jobs.OutputText;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutputReaderTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    @Test
    void joinsWhatFollowsAnOffset() {
        List<OutputChunk> chunks = List.of(chunk(0, "Once "), chunk(5, "upon "), chunk(10, "a time"));
        assertThat(following(0, chunks)).isEqualTo(new OutputText(0, "Once upon a time", 16));
        assertThat(following(5, chunks)).isEqualTo(new OutputText(5, "upon a time", 16));
        assertThat(following(7, chunks)).isEqualTo(new OutputText(7, "on a time", 16));
        assertThat(following(16, chunks)).isEqualTo(new OutputText(16, "", 16));
    }

    @Test
    void ignoresWhatWasStoredTwice() {
        assertThat(following(0, List.of(chunk(0, "Once "), chunk(0, "Once "), chunk(2, "ce u"), chunk(6, "pon"))))
            .isEqualTo(new OutputText(0, "Once upon", 9));
    }

    @Test
    void waitsForWhatAnotherInstanceMayStore() {
        assertThat(following(0, List.of(chunk(0, "Once "), chunk(10, "a time"))))
            .isEqualTo(new OutputText(0, "Once ", 5));
        assertThat(following(5, List.of(chunk(0, "Once "), chunk(10, "a time")))).isEqualTo(new OutputText(5, "", 5));
    }

    @Test
    void passesOverWhatIsMissingForLong() {
        List<OutputChunk> chunks = List.of(chunk(0, "Once "), chunk(10, "a "), chunk(12, "time"), chunk(20, "."));
        assertThat(OutputReader.joined(5, chunks, NOW.plusMillis(1))).isEqualTo(new OutputText(10, "a time", 16));
        assertThat(OutputReader.joined(5, chunks, NOW)).isEqualTo(new OutputText(5, "", 5));
    }

    @Test
    void passesOverWhatIsNotKept() {
        int kept = OutputReported.KEPT;
        assertThat(following(5, List.of(chunk(0, "Once "), chunk(5 + kept, "There"))))
            .isEqualTo(new OutputText(5 + kept, "There", 10 + kept));
        assertThat(following(5, List.of(chunk(0, "Once "), chunk(4 + kept, "There"))))
            .isEqualTo(new OutputText(5, "", 5));
    }

    @Test
    void beginsWithNoHalfOfACharacter() {
        assertThat(following(1, List.of(chunk(0, "🚀!")))).isEqualTo(new OutputText(0, "🚀!", 3));
    }

    private static OutputText following(long from, List<OutputChunk> chunks) {
        return OutputReader.joined(from, chunks, NOW);
    }

    private static OutputChunk chunk(long offset, String text) {
        return new OutputChunk("a", 1, offset, offset + text.length(), text, NOW);
    }

}
