package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ThreadsHealthIndicatorTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final JobDispatcher dispatcher = mock();

    private final BrokerAlarm alarm = mock();

    private final RabbitListenerEndpointRegistry listeners = mock();

    private final MessageListenerContainer listener = mock();

    private final ThreadsHealthIndicator health = new ThreadsHealthIndicator(this.dispatcher, this.alarm,
            this.listeners, Clock.fixed(NOW, ZoneOffset.UTC));

    ThreadsHealthIndicatorTests() {
        given(this.dispatcher.isAlive()).willReturn(true);
        given(this.dispatcher.lastPoll()).willReturn(NOW);
        given(this.listeners.getListenerContainers()).willReturn(List.of(this.listener));
        given(this.listener.isRunning()).willReturn(true);
    }

    @Test
    void isUpWhileAllThreadsRun() {
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownOnceTheDispatcherStopped() {
        given(this.dispatcher.isAlive()).willReturn(false);
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownOnceTheDispatcherIsStuck() {
        given(this.dispatcher.lastPoll()).willReturn(NOW.minus(ThreadsHealthIndicator.STUCK));
        assertThat(status()).isEqualTo(Status.UP);
        given(this.dispatcher.lastPoll()).willReturn(NOW.minus(ThreadsHealthIndicator.STUCK).minusMillis(1));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void isUpWhileTheBrokerBlocksTheDispatcher() {
        given(this.dispatcher.lastPoll()).willReturn(NOW.minusSeconds(3600));
        given(this.alarm.isRaised()).willReturn(true);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownOnceAListenerStopped() {
        given(this.listener.isRunning()).willReturn(false);
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    private Status status() {
        return this.health.health().getStatus();
    }

}
