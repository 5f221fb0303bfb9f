package dev.jobprocessor.worker.jobs;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.JobRoute;
import dev.jobprocessor.worker.processing.Job;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

class OutputMessagesTests {

    private static final Job JOB = new Job("6925f0a1c3b2a40f5d1e7a01", "prompt", 2);

    private final BestEffortPublisher events = mock();

    private final JsonMapper json = new JsonMapper();

    private final OutputMessages output = new OutputMessages(this.events, this.json);

    @Test
    void writesMessageAsAgreed() {
        this.output.written(JOB, 24, "naïve 🚀\n");
        ArgumentCaptor<byte[]> message = ArgumentCaptor.captor();
        then(this.events).should().publishUnlessBusy(eq(JobRoute.PROGRESS), message.capture());
        assertThat(this.json.readTree(message.getValue()))
            .isEqualTo(this.json.readTree(ExampleEvents.read("job-progress.json")));
    }

    @Test
    void writesHalvesOfCharactersAsResultsDo() {
        this.output.written(JOB, 0, "a\ud83db");
        ArgumentCaptor<byte[]> message = ArgumentCaptor.captor();
        then(this.events).should().publishUnlessBusy(eq(JobRoute.PROGRESS), message.capture());
        assertThat(this.json.readTree(message.getValue()).path("delta").asString()).isEqualTo("a?b");
    }

}
