package dev.jobprocessor.api.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.jobs.JobProgress;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.OutputText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as {@code text/event-stream}; JSON has no line breaks. */
final class EventWriter {

    private static final int RETRY_MILLIS = 2000;

    private final OutputStream out;

    private final JsonMapper mapper;

    EventWriter(OutputStream out, JsonMapper mapper) {
        this.out = out;
        this.mapper = mapper;
    }

    /** Says when a client that lost its connection may open another one. */
    void open() throws IOException {
        write("retry: %d\n\n".formatted(RETRY_MILLIS));
    }

    void heartbeat() throws IOException {
        write(":\n\n");
    }

    void state(StreamPosition position, JobView job) throws IOException {
        event("state", position, job);
    }

    void progress(StreamPosition position, JobView job) throws IOException {
        event("progress", position, Progress.of(job.attempt(), Objects.requireNonNull(job.progress())));
    }

    void output(StreamPosition position, int attempt, OutputText text) throws IOException {
        event("output", position, new Output(attempt, text.offset(), text.text(), text.next()));
    }

    void deleted(String id) throws IOException {
        event("deleted", null, Map.of("id", id));
    }

    private void event(String name, @Nullable StreamPosition position, Object data) throws IOException {
        String id = (position != null) ? "id: %s\n".formatted(position.id()) : "";
        this.out.write((id + "event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        this.out.write(this.mapper.writeValueAsBytes(data));
        write("\n\n");
    }

    private void write(String text) throws IOException {
        this.out.write(text.getBytes(StandardCharsets.UTF_8));
        this.out.flush();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Progress(int attempt, @Nullable Double percent, @Nullable String message, Instant at) {

        static Progress of(int attempt, JobProgress progress) {
            return new Progress(attempt, progress.percent(), progress.message(), progress.at());
        }

    }

    private record Output(int attempt, long offset, String text, long next) {
    }

}
