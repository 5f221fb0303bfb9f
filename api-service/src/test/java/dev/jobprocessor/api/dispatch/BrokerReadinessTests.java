package dev.jobprocessor.api.dispatch;

import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;

import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.core.AmqpAdmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class BrokerReadinessTests {

    private Instant now = Instant.parse("2026-11-24T09:30:00Z");

    private final AmqpAdmin broker = mock();

    private final InstantSource time = () -> this.now;

    private final BrokerReadiness readiness = new BrokerReadiness(this.broker, this.time);

    @Test
    void declaresOnceASecond() {
        assertThat(this.readiness.isReady()).isTrue();
        this.now = this.now.plus(BrokerReadiness.INTERVAL).minusNanos(1);
        assertThat(this.readiness.isReady()).isTrue();
        then(this.broker).should().initialize();
        this.now = this.now.plusNanos(1);
        assertThat(this.readiness.isReady()).isTrue();
        then(this.broker).should(times(2)).initialize();
    }

    @Test
    void declaresAtOnceWhileTheBrokerIsUnavailable() {
        willThrow(new AmqpConnectException(new Exception())).willDoNothing().given(this.broker).initialize();
        assertThat(this.readiness.isReady()).isFalse();
        assertThat(this.readiness.isReady()).isTrue();
    }

    @Test
    void noticesThatTheBrokerBecameUnavailable() {
        assertThat(this.readiness.isReady()).isTrue();
        willThrow(new AmqpConnectException(new Exception())).given(this.broker).initialize();
        this.now = this.now.plus(BrokerReadiness.INTERVAL);
        assertThat(this.readiness.isReady()).isFalse();
    }

}
