package dev.jobprocessor.worker.processing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.worker.callback.JobStart;
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
    void beginsAnewBehindAllThatIsKept() {
        this.answer.clear();
        this.answer.append("lost");
        this.answer.clear();
        this.time = INTERVAL;
        this.answer.append("Once ");
        this.answer.clear();
        this.time = 2 * INTERVAL;
        this.answer.append("There ");
        assertThat(this.written).containsExactly("0:Once ", 5 + PartialOutput.KEPT + ":There ");
        assertThat(this.answer).hasToString("There ");
    }

    @Test
    void beginsWhereTheClaimSays() {
        Job second = new Job("a", "prompt", 1, null, new JobStart.Granted("claim", Instant.EPOCH, "http://a", 1000));
        WrittenAnswer answer = new WrittenAnswer(second, (job, offset, text) -> this.written.add(offset + ":" + text),
                () -> this.time);
        this.time = INTERVAL;
        answer.append("Once");
        assertThat(this.written).containsExactly("1000:Once");
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
