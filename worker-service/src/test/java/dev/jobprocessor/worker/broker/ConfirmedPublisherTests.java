package dev.jobprocessor.worker.broker;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class ConfirmedPublisherTests {

    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

    private final RabbitTemplate rabbit = mock();

    private final ConfirmedPublisher publisher = new ConfirmedPublisher(this.rabbit,
            new MessageTraces(Tracer.NOOP, Propagator.NOOP));

    @Test
    void publishesPersistentJson() {
        brokerDoes((correlation) -> confirm(correlation, true), (message) -> {
            assertThat(message.getMessageProperties().getDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
            assertThat(message.getMessageProperties().getContentType()).isEqualTo("application/json");
            assertThat(message.getMessageProperties().getMessageId()).isNotBlank();
            assertThat(message.getMessageProperties().<String>getHeader("reason")).isEqualTo("why");
        });

        assertThatNoException().isThrownBy(this::publish);
    }

    @Test
    void isNotDoneWhereTheBrokerRefuses() {
        brokerDoes((correlation) -> confirm(correlation, false));

        assertThatExceptionOfType(AmqpException.class).isThrownBy(this::publish);
    }

    /** RabbitMQ returns a message without a queue first, and then confirms it. */
    @Test
    void isNotDoneWhereNoQueueTakesIt() {
        brokerDoes((correlation) -> {
            correlation.setReturned(new ReturnedMessage(mock(), 312, "NO_ROUTE", "jobs", "job.dead"));
            confirm(correlation, true);
        });

        assertThatExceptionOfType(AmqpException.class).isThrownBy(this::publish);
    }

    @Test
    void isNotDoneWhereTheConfirmIsLost() {
        brokerDoes((correlation) -> correlation.getFuture().completeExceptionally(new IllegalStateException("lost")));

        assertThatExceptionOfType(AmqpException.class).isThrownBy(this::publish);
    }

    private void publish() throws InterruptedException {
        this.publisher.publish(JobRoute.DEAD, JSON, Map.of("reason", "why"));
    }

    private static void confirm(CorrelationData correlation, boolean ack) {
        correlation.getFuture().complete(new CorrelationData.Confirm(ack, null));
    }

    private void brokerDoes(Consumer<CorrelationData> response) {
        brokerDoes(response, (message) -> {
        });
    }

    private void brokerDoes(Consumer<CorrelationData> response, Consumer<Message> check) {
        willAnswer((invocation) -> {
            check.accept(invocation.getArgument(2));
            response.accept(invocation.getArgument(3));
            return null;
        }).given(this.rabbit).send(eq("jobs"), eq("job.dead"), any(Message.class), any(CorrelationData.class));
    }

}
