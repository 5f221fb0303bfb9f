package dev.jobprocessor.worker.jobs;

import java.nio.charset.StandardCharsets;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.JobRoute;
import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.PartialOutput;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Publishes what running attempts write, unless the broker is too slow for it. */
@Component
class OutputMessages implements PartialOutput {

    private final BestEffortPublisher events;

    private final JsonMapper json;

    OutputMessages(BestEffortPublisher events, JsonMapper json) {
        this.events = events;
        this.json = json;
    }

    @Override
    public void written(Job job, long offset, String text) {
        this.events.publishUnlessBusy(JobRoute.PROGRESS,
                this.json.writeValueAsBytes(new Written(job.id(), job.attempt(), offset, wellFormed(text))));
    }

    /** With a question mark for an unpaired surrogate, as in results. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private record Written(String jobId, int attempt, long offset, String delta) {
    }

}
