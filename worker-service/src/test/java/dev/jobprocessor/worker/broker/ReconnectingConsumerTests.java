package dev.jobprocessor.worker.broker;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;

@ExtendWith(OutputCaptureExtension.class)
class ReconnectingConsumerTests {

    private final ConnectionFactory connections = mock();

    private final com.rabbitmq.client.Connection connection = mock();

    private final AmqpAdmin admin = mock();

    private final Channel channel = mock();

    private final CountDownLatch started = new CountDownLatch(1);

    private final CountDownLatch finish = new CountDownLatch(1);

    @BeforeEach
    void connect() throws Exception {
        Connection connection = mock();
        given(connection.getDelegate()).willReturn(this.connection);
        given(this.connections.createConnection()).willReturn(connection);
        given(this.connection.createChannel()).willReturn(this.channel);
        given(this.channel.isOpen()).willReturn(true);
        given(this.channel.basicConsume(anyString(), anyBoolean(), anyMap(), any(Consumer.class))).willReturn("tag");
        willAnswer((invocation) -> {
            consumer().handleCancelOk("tag");
            return null;
        }).given(this.channel).basicCancel("tag");
    }

    @Test
    void declaresAndConsumes() throws Exception {
        ReconnectingConsumer consumer = start();

        await().until(consumer::isConsuming);
        InOrder inOrder = inOrder(this.admin, this.channel);
        inOrder.verify(this.admin).initialize();
        inOrder.verify(this.channel).basicQos(3);
        inOrder.verify(this.channel)
            .basicConsume(eq("jobs.work"), eq(false), eq(Map.of("x-consumer-timeout", 90_000_000)),
                    any(Consumer.class));
        consumer.stop(Duration.ZERO);
    }

    @Test
    void reconnectsWhenTheBrokerCancelsTheConsumer() throws Exception {
        ReconnectingConsumer consumer = start();
        await().until(consumer::isConsuming);
        CountDownLatch reconnect = new CountDownLatch(1);
        willAnswer((invocation) -> {
            reconnect.await();
            return null;
        }).given(this.admin).initialize();
        consumer().handleCancel("tag");
        assertThat(consumer.isConsuming()).isFalse();
        reconnect.countDown();
        await().until(consumer::isConsuming);
        then(this.channel).should().close();
        then(this.admin).should(times(2)).initialize();
        consumer.stop(Duration.ZERO);
    }

    @Test
    void logsOnceThatTheBrokerIsUnavailable(CapturedOutput output) throws Exception {
        Connection connection = this.connections.createConnection();
        given(this.connections.createConnection()).willThrow(new AmqpConnectException(new ConnectException("refused")))
            .willThrow(new AmqpConnectException(new ConnectException("refused")))
            .willReturn(connection);

        ReconnectingConsumer consumer = start();
        await().untilAsserted(
                () -> assertThat(output.getOut().lines().filter((line) -> line.contains("Consuming jobs.work")))
                    .hasSize(1));
        assertThat(output.getOut().lines().filter((line) -> line.contains("Cannot consume jobs.work"))).hasSize(1);
        consumer.stop(Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reconnectsAfterAnyFailure(Throwable failure) throws Exception {
        willThrow(failure).willDoNothing().given(this.admin).initialize();

        ReconnectingConsumer consumer = start();

        await().until(consumer::isConsuming);
        assertThat(consumer.isAlive()).isTrue();
        consumer.stop(Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void requeuesWhatTheHandlerFailsToHandle(Throwable failure) throws Exception {
        java.util.function.Consumer<Delivery> handler = mock();
        willThrow(failure).given(handler).accept(any());
        ReconnectingConsumer consumer = new ReconnectingConsumer(channels(), handler, () -> 0, false);
        await().until(consumer::isConsuming);

        deliver(consumer(), 7);

        then(this.channel).should(timeout(60_000)).basicNack(7, false, true);
        assertThat(consumer.isConsuming()).isTrue();
        consumer.stop(Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void closesAChannelWhoseDeliveriesCannotStart(Throwable failure) throws Exception {
        Predicate<Delivery> start = mock();
        given(start.test(any())).willThrow(failure);
        ChannelConsumer consumer = new ChannelConsumer(this.channel, "jobs.work", 3, start);
        consumer.subscribe();

        deliver(consumer(), 7);

        assertThat(consumer.isOpen()).isFalse();
        assertThat(consumer.awaitLoss()).isEqualTo(failure.toString());
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("a bug"), new OutOfMemoryError("Java heap space"));
    }

    @Test
    void finishesDeliveriesInFlightAndRequeuesThoseNotStarted() throws Exception {
        ReconnectingConsumer consumer = start();
        await().until(consumer::isConsuming);
        Consumer rabbitConsumer = consumer();
        deliver(rabbitConsumer, 1);
        this.started.await();
        willAnswer((invocation) -> {
            deliver(rabbitConsumer, 2); // was sent before the cancel
            then(this.channel).should(never()).basicNack(anyLong(), anyBoolean(), anyBoolean());
            rabbitConsumer.handleCancelOk("tag");
            this.finish.countDown();
            return null;
        }).given(this.channel).basicCancel("tag");

        consumer.stop(Duration.ofMinutes(1));

        InOrder inOrder = inOrder(this.channel);
        inOrder.verify(this.channel).basicCancel("tag");
        inOrder.verify(this.channel).basicNack(2, false, true);
        inOrder.verify(this.channel).basicAck(1, false);
        inOrder.verify(this.channel).close();
    }

    @Test
    void interruptsDeliveriesThatDoNotFinishInTime(CapturedOutput output) throws Exception {
        ReconnectingConsumer consumer = start();
        await().until(consumer::isConsuming);
        deliver(consumer(), 1);
        this.started.await();

        consumer.stop(Duration.ofMillis(10));

        then(this.channel).should(never()).basicAck(anyLong(), anyBoolean());
        then(this.channel).should().close();
        assertThat(output).contains("0 finished, 1 were requeued");
    }

    private ReconnectingConsumer start() {
        return new ReconnectingConsumer(channels(), this::handle, () -> 0, false);
    }

    private ConsumerChannels channels() {
        return new ConsumerChannels(this.connections, this.admin, "jobs.work", 3);
    }

    private void handle(Delivery delivery) {
        this.started.countDown();
        try {
            this.finish.await();
            delivery.acknowledge();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deliver(Consumer consumer, long tag) throws Exception {
        consumer.handleDelivery("tag", new Envelope(tag, false, "jobs", "job.created"), new AMQP.BasicProperties(),
                new byte[0]);
    }

    private Consumer consumer() throws Exception {
        ArgumentCaptor<Consumer> consumer = ArgumentCaptor.captor();
        then(this.channel).should(atLeastOnce()).basicConsume(anyString(), anyBoolean(), anyMap(), consumer.capture());
        return consumer.getValue();
    }

}
