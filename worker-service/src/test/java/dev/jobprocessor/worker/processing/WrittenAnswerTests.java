package dev.jobprocessor.worker.processing;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenAnswerTests {

    private static final long INTERVAL = WrittenAnswer.INTERVAL.toNanos();

    private final List<String> written = new ArrayList<>();

    private long time;

    private final WrittenAnswer answer = new WrittenAnswer(new Job("a", "prompt", 1),
            (job, offset, text) -> this.written.add(offset + ":" + text), () -> this.time);

    @Test
    void reportsOnceInAnInterval() {
        this.answer.append("Once ");
        this.time = INTERVAL - 1;
        this.answer.append("upon ");
        assertThat(this.written).isEmpty();
        this.time = INTERVAL;
        this.answer.append("a ");
        this.answer.append("ti");
        this.time = 2 * INTERVAL;
        this.answer.append("me");
        assertThat(this.written).containsExactly("0:Once upon a ", "12:time");
        assertThat(this.answer).hasToString("Once upon a time");
    }

    @Test
    void reportsNoMoreThanIsTakenAtOnce() {
        this.time = INTERVAL;
        this.answer.append("x".repeat(PartialOutput.MAX_LENGTH + 1));
        this.time = 2 * INTERVAL;
        this.answer.append("y");
        assertThat(this.written).containsExactly("0:" + "x".repeat(PartialOutput.MAX_LENGTH),
                PartialOutput.MAX_LENGTH + ":xy");
    }

    @Test
    void reportsNoHalfOfACharacter() {
        this.time = INTERVAL;
        this.answer.append("a\ud83d");
        this.time = 2 * INTERVAL;
        this.answer.append("\ude80");
        assertThat(this.written).containsExactly("0:a", "1:🚀");
    }

}
