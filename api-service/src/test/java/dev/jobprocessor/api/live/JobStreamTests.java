package dev.jobprocessor.api.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.OutputText;
import dev.jobprocessor.api.jobs.WrittenOutput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JobStreamTests {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private final EventWriter events = new EventWriter(this.written, new JsonMapper());

    private final JobStream stream = new JobStream("a", null, StreamPosition.of("3.2.5"));

    @Test
    void readsNothingBeforeTheAttemptHasStarted() throws IOException {
        this.stream.begin(job(3, 2, null));
        assertThat(this.stream.awaitsOutput()).isFalse();
        this.stream.offer(job(4, 2, Instant.EPOCH));
        this.stream.write(this.events, (job) -> job);
        assertThat(this.stream.awaitsOutput()).isTrue();
    }

    @Test
    void goesOnWhereTheClientLeftAndReadsAgainOnlyWhatIsStoredThen() throws IOException {
        this.stream.begin(job(3, 2, Instant.EPOCH));
        assertThat(output((attempt, from) -> new OutputText(from, attempt.attempt() + " upon", from + 6)))
            .isEqualTo("id: 3.2.11\nevent: output\n"
                    + "data: {\"attempt\":2,\"offset\":5,\"text\":\"2 upon\",\"next\":11}\n\n");
        assertThat(this.stream.awaitsOutput()).isFalse();
        this.stream.offerOutput();
        assertThat(this.stream.awaitsOutput()).isTrue();
        assertThat(output((attempt, from) -> new OutputText(from, "", from))).isEmpty();
    }

    @Test
    void readsAgainWhatIsStoredWhileItReads() {
        this.stream.begin(job(3, 2, Instant.EPOCH));
        this.stream.readOutput((attempt, from) -> {
            this.stream.offerOutput();
            return OutputText.NONE;
        });
        assertThat(this.stream.awaitsOutput()).isTrue();
    }

    @Test
    void beginsWithAnotherAttempt() throws IOException {
        this.stream.begin(job(3, 3, Instant.EPOCH));
        assertThat(output((attempt, from) -> new OutputText(from, "There", from + 5))).startsWith("id: 3.3.5\n")
            .contains("{\"attempt\":3,\"offset\":0,");
    }

    @Test
    void goesBackWhereTheAttemptBeganAnew() throws IOException {
        this.stream.begin(job(3, 2, Instant.EPOCH));
        assertThat(output((attempt, from) -> new OutputText(0, "The", 3))).startsWith("id: 3.2.3\n")
            .contains("\"offset\":0,");
    }

    @Test
    void writesWhatIsLongInPieces() {
        this.stream.begin(job(3, 2, Instant.EPOCH));
        String most = "x".repeat(JobStream.OUTPUT_LENGTH);
        assertThat(this.stream.readOutput((attempt, from) -> new OutputText(5, most, 5 + most.length())).text())
            .isEqualTo(most);
        assertThat(this.stream.awaitsOutput()).isFalse();
        this.stream.offerOutput();
        assertThat(this.stream.readOutput((attempt, from) -> new OutputText(5, most + "y", 6 + most.length())).text())
            .isEqualTo(most);
        assertThat(this.stream.awaitsOutput()).isTrue();
    }

    private String output(WrittenOutput output) throws IOException {
        this.written.reset();
        this.stream.writeOutput(this.stream.readOutput(output), this.events);
        return this.written.toString(StandardCharsets.UTF_8);
    }

    private static JobView job(long version, int attempt, @Nullable Instant startedAt) {
        return new JobView("a", JobRequest.of("a"), JobStatus.PENDING, null, null, null, null, null, null,
                Instant.EPOCH, Instant.EPOCH, startedAt, null, null, null, null, null, null, attempt, version, null,
                null, null, null);
    }

}
