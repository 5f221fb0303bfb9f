package dev.jobprocessor.api.workers;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a worker does, as far as is known. */
enum WorkerState {

    RUNNING,

    /** It starts nothing, and finishes what it runs. */
    DRAINING,

    /** It has been silent for too long. */
    LOST;

    /** As clients and metrics see it. */
    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

}
