package dev.jobprocessor.worker.jobs;

import java.time.Clock;
import java.time.InstantSource;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.callback.JobReports;
import dev.jobprocessor.worker.callback.JobStarts;
import dev.jobprocessor.worker.processing.ResultMemory;
import dev.jobprocessor.worker.processing.WorkQueue;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Creates each queue's listener. */
@Component
class JobCreatedListeners {

    private final JobStarts starts;

    private final JobReports reports;

    private final BestEffortPublisher events;

    private final JsonMapper json;

    private final ResultMemory memory;

    private final WorkSettings settings;

    private final Clock clock;

    private final InstantSource time;

    private final MeterRegistry registry;

    JobCreatedListeners(JobStarts starts, JobReports reports, BestEffortPublisher events, JsonMapper json,
            ResultMemory memory, WorkSettings settings, Clock clock, InstantSource time, MeterRegistry registry) {
        this.starts = starts;
        this.reports = reports;
        this.events = events;
        this.json = json;
        this.memory = memory;
        this.settings = settings;
        this.clock = clock;
        this.time = time;
        this.registry = registry;
    }

    JobCreatedListener create(WorkQueue queue) {
        return new JobCreatedListener(queue.processor(), this.starts, this.reports, this.events, this.json, this.memory,
                this.settings, this.clock, this.time, new WorkMetrics(queue, this.registry));
    }

}
