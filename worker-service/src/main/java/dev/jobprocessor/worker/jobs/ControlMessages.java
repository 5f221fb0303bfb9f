package dev.jobprocessor.worker.jobs;

import java.util.List;
import java.util.Objects;

import dev.jobprocessor.worker.broker.Attempt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Does what the API publishes to all workers. */
record ControlMessages(RunningJobs running, WorkerHeartbeat heartbeat, JsonMapper json) {

    private static final Logger log = LoggerFactory.getLogger(ControlMessages.class);

    void handle(byte[] body) {
        try {
            handle(this.json.readValue(body, Control.class));
        }
        catch (JacksonException ex) {
            log.warn("Dropped an unreadable message to all workers: {}", ex.getOriginalMessage());
        }
    }

    private void handle(@Nullable Control control) {
        if (control == null) {
            return;
        }
        this.running.interrupt(Objects.requireNonNullElse(control.ended(), List.of()));
        if (control.heartbeat()) {
            this.heartbeat.ask();
        }
    }

    /**
     * Attempts whose calls are to be interrupted, and whether to report at once.
     */
    private record Control(@Nullable List<Attempt> ended, boolean heartbeat) {
    }

}
