package dev.jobprocessor.worker.jobs;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;

/** A worker started a job. */
record JobStarted(String jobId, int attempt, String worker,
        @JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm:ss.SSSX", timezone = "UTC") Instant startedAt) {
}
