package dev.jobprocessor.worker.jobs;

import java.util.Map;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.QueueConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ThreadsHealthIndicatorTests {

    private final BestEffortPublisher events = mock();

    private final QueueConsumer parkedCallbacks = mock();

    private final QueueConsumer control = mock();

    private final WorkerHeartbeat heartbeat = mock();

    @ParameterizedTest
    @CsvSource({ "true, UP", "false, DOWN" })
    void isUpWhileThePublisherLives(boolean alive, String status) {
        given(this.events.isAlive()).willReturn(alive);
        given(this.parkedCallbacks.isAlive()).willReturn(true);

        given(this.control.isAlive()).willReturn(true);
        given(this.heartbeat.isAlive()).willReturn(true);

        JobConsumers consumers = new JobConsumers(Map.of(), this.control, this.heartbeat, new RunningJobs());
        assertThat(
                new ThreadsHealthIndicator(consumers, this.parkedCallbacks, this.events).health().getStatus().getCode())
            .isEqualTo(status);
    }

}
