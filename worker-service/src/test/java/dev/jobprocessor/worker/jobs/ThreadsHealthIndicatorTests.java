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

    @ParameterizedTest
    @CsvSource({ "true, UP", "false, DOWN" })
    void isUpWhileThePublisherLives(boolean alive, String status) {
        given(this.events.isAlive()).willReturn(alive);
        given(this.parkedCallbacks.isAlive()).willReturn(true);

        assertThat(new ThreadsHealthIndicator(new JobConsumers(Map.of(), mock()), this.parkedCallbacks, this.events)
            .health()
            .getStatus()
            .getCode()).isEqualTo(status);
    }

}
