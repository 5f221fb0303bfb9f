package dev.jobprocessor.worker.callback;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.broker.ConfirmedPublisher;
import dev.jobprocessor.worker.broker.Handled;
import dev.jobprocessor.worker.broker.JobRoute;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class ParkedCallbacksTests {

    private final JsonMapper json = new JsonMapper();

    private final Callback callback = this.json.readValue(ExampleEvents.read("callback-completed.json"),
            Callback.class);

    private final ConfirmedPublisher publisher = mock();

    private final CallbackClient client = mock();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void parksTheBodyOfTheCall() throws Exception {
        assertThat(parked(Duration.ZERO).park(this.callback)).isTrue();
        assertThat(this.meters.get("worker.callbacks.parked").counter().count()).isEqualTo(1);

        ArgumentCaptor<byte[]> body = ArgumentCaptor.captor();
        then(this.publisher).should().publish(eq(JobRoute.CALLBACK), body.capture(), eq(Map.of()));
        assertThat(this.json.readTree(new String(body.getValue(), StandardCharsets.UTF_8)))
            .isEqualTo(this.json.readTree(ExampleEvents.read("callback-completed.json")));
    }

    @Test
    void saysWhatTheBrokerDidNotTake() throws Exception {
        willThrow(new AmqpException("unavailable")).given(this.publisher).publish(any(), any(), any());

        assertThat(parked(Duration.ZERO).park(this.callback)).isFalse();
        assertThat(this.meters.get("worker.callbacks.parked").counter().count()).isZero();
    }

    @Test
    void retriesUntilTheWebhookIsAvailable() throws Exception {
        given(this.client.deliver(this.callback)).willReturn(false, false, true);

        assertThat(parked(Duration.ofHours(1)).handle(this.callback)).isEqualTo(Handled.DONE);
        then(this.client).should(times(3)).deliver(this.callback);
        assertThat(this.meters.get("worker.callbacks.unparked").counter().count()).isEqualTo(1);
    }

    @Test
    void triesAgainLaterAfterAWhile() throws Exception {
        given(this.client.deliver(this.callback)).willReturn(false);

        assertThat(parked(Duration.ofMillis(10)).handle(this.callback)).isEqualTo(Handled.REQUEUED);
    }

    private ParkedCallbacks parked(Duration hold) {
        CallbackSettings settings = new CallbackSettings("http://api", "s3cret", List.of(), Duration.ofSeconds(1), 1,
                Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(5), hold);
        return new ParkedCallbacks(this.publisher, this.client, settings, this.json, Clock.systemUTC(),
                new CallbackMetrics(this.meters));
    }

}
