package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpException;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

class DeliveryHandlerTests {

    private static final String MESSAGE = "{\"jobId\":\"job-1\",\"attempt\":1}";

    private static final AMQP.BasicProperties HIGH = new AMQP.BasicProperties.Builder().priority(5).build();

    private final Channel channel = mock();

    private final DeadLetters deadLetters = mock();

    private final ConfirmedPublisher publisher = mock();

    private final AtomicInteger handled = new AtomicInteger();

    private final CountDownLatch started = new CountDownLatch(1);

    private final CountDownLatch finish = new CountDownLatch(1);

    @Test
    void acknowledgesWhatWasHandled() throws Exception {
        handler((message) -> {
            assertThat(MDC.get("jobId")).isEqualTo("job-1");
            return Handled.DONE;
        }).handle(delivery(7, MESSAGE));

        then(this.channel).should().basicAck(7, false);
        assertThat(MDC.get("jobId")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                     | not a valid TestMessage: Unrecognized token 'nonsense'
            null                         | not a valid TestMessage: it is null
            {"attempt":1}                | not a valid TestMessage: jobId is missing
            {"jobId":"job-1"}            | not a valid TestMessage: Cannot map `null` into type `int`
            """)
    void deadLettersWhatNobodyCanRead(String body, String reason) throws Exception {
        handler((message) -> doneAt(1)).handle(delivery(7, body));

        assertThat(this.handled).hasValue(0);
        then(this.deadLetters).should().add(eq(body.getBytes(StandardCharsets.UTF_8)), contains(reason));
        then(this.channel).should().basicAck(7, false);
    }

    @Test
    void deadLettersWhatNobodyCanDo() throws Exception {
        handler((message) -> {
            throw new UndeliverableException("Nobody takes it");
        }).handle(delivery(7, MESSAGE));

        then(this.deadLetters).should().add(MESSAGE.getBytes(StandardCharsets.UTF_8), "Nobody takes it");
        then(this.channel).should().basicAck(7, false);
    }

    @Test
    void leavesToTheBrokerWhatFailedUnexpectedly() throws Exception {
        handler((message) -> {
            throw new IllegalStateException("a bug");
        }).handle(delivery(7, MESSAGE));

        then(this.channel).should().basicReject(7, false);
        then(this.channel).should(never()).basicAck(7, false);
    }

    @Test
    void requeuesAtOnceWhatIsInterrupted() throws Exception {
        handler((message) -> {
            throw new InterruptedException();
        }).handle(delivery(7, MESSAGE));

        then(this.channel).should().basicNack(7, false, true);
        then(this.channel).shouldHaveNoMoreInteractions();
    }

    @Test
    void acknowledgesNothingThatIsNotDeadLetteredYet() throws Exception {
        willThrow(new InterruptedException()).given(this.deadLetters).add(any(), anyString());

        handler((message) -> doneAt(1)).handle(delivery(7, "nonsense"));

        then(this.channel).should().basicNack(7, false, true);
        then(this.channel).shouldHaveNoMoreInteractions();
    }

    @Test
    void handlesOnceWhatIsDeliveredAgainMeanwhile() throws Exception {
        Channel dead = deadChannel(7);
        DeliveryHandler<TestMessage> handler = handler(this::handleSlowly);
        Thread first = Thread.ofVirtual().start(() -> handler.handle(delivery(dead, 7)));
        this.started.await();

        handler.handle(delivery(this.channel, 1));
        then(this.channel).shouldHaveNoInteractions();
        this.finish.countDown();
        first.join();

        assertThat(this.handled).hasValue(1);
        then(this.channel).should().basicAck(1, false);
    }

    @Test
    void handlesOnceWhatCouldNotBeAcknowledged() throws Exception {
        DeliveryHandler<TestMessage> handler = handler((message) -> doneAt(1));

        handler.handle(delivery(deadChannel(7), 7));
        handler.handle(delivery(1, MESSAGE));

        assertThat(this.handled).hasValue(1);
        then(this.channel).should().basicAck(1, false);
    }

    @Test
    void handlesOnceWhatIsDeliveredAgainWhileItCannotBeAcknowledged() throws Exception {
        Channel closing = mock();
        DeliveryHandler<TestMessage> handler = handler((message) -> doneAt(1));
        willAnswer((invocation) -> {
            handler.handle(delivery(this.channel, 1));
            throw closed();
        }).given(closing).basicAck(7, false);

        handler.handle(delivery(closing, 7));

        assertThat(this.handled).hasValue(1);
        then(this.channel).should().basicAck(1, false);
    }

    @Test
    void movesToTheEndOfTheQueueWhatIsToBeHandledLater() throws Exception {
        given(this.channel.isOpen()).willReturn(true);
        DeliveryHandler<TestMessage> handler = handler((message) -> doneAt(2));
        willAnswer((invocation) -> {
            handler.handle(delivery(8, MESSAGE)); // it is back before the first is
                                                  // acknowledged
            then(this.channel).should(never()).basicAck(7, false);
            return null;
        }).given(this.publisher)
            .publish(JobRoute.CALLBACK, MESSAGE.getBytes(StandardCharsets.UTF_8), Map.of("redelivered", true), 5);

        handler.handle(delivery(7, MESSAGE));

        assertThat(this.handled).hasValue(2);
        then(this.channel).should().basicAck(7, false);
        then(this.channel).should().basicAck(8, false);
    }

    @Test
    void handlesAgainWhatTheBrokerDoesNotTakeBack() throws Exception {
        given(this.channel.isOpen()).willReturn(true);
        willThrow(new AmqpException("blocked")).given(this.publisher).publish(any(), any(), any(), anyInt());

        handler((message) -> doneAt(3)).handle(delivery(7, MESSAGE));

        assertThat(this.handled).hasValue(3);
        then(this.channel).should().basicAck(7, false);
    }

    @Test
    void leavesToTheBrokerWhatItDeliversAgainAnyway() throws Exception {
        given(this.channel.isOpen()).willReturn(false);
        DeliveryHandler<TestMessage> handler = handler((message) -> doneAt(2));

        handler.handle(delivery(7, MESSAGE));
        then(this.publisher).shouldHaveNoInteractions();
        handler.handle(delivery(8, MESSAGE));

        assertThat(this.handled).hasValue(2);
    }

    @Test
    void handlesAgainWhatIsDeliveredLater() {
        DeliveryHandler<TestMessage> handler = handler((message) -> doneAt(1));

        handler.handle(delivery(1, MESSAGE));
        handler.handle(delivery(2, MESSAGE));

        assertThat(this.handled).hasValue(2);
    }

    @Test
    void acknowledgesWhatIsDeferredAndHandlesItWhenItComesAgain() throws Exception {
        DeliveryHandler<TestMessage> handler = handler((message) -> deferredUntil(2));

        handler.handle(delivery(deadChannel(7), 7)); // delivered again
        handler.handle(delivery(8, MESSAGE));

        assertThat(this.handled).hasValue(2);
        then(this.channel).should().basicAck(8, false);
    }

    @Test
    void handlesWhatComesAgainWhileItIsBeingDeferred() throws Exception {
        DeliveryHandler<TestMessage> handler = handler((message) -> {
            Handled handled = deferredUntil(2);
            this.started.countDown();
            this.finish.await();
            return handled;
        });
        Thread first = Thread.ofVirtual().start(() -> handler.handle(delivery(7, MESSAGE)));
        this.started.await();

        handler.handle(delivery(8, MESSAGE));
        this.finish.countDown();
        first.join();

        assertThat(this.handled).hasValue(2);
        then(this.channel).should().basicAck(7, false);
        then(this.channel).should().basicAck(8, false);
    }

    private Handled doneAt(int time) {
        return (this.handled.incrementAndGet() < time) ? Handled.REQUEUED : Handled.DONE;
    }

    private Handled deferredUntil(int time) {
        return (this.handled.incrementAndGet() < time) ? Handled.DEFERRED : Handled.DONE;
    }

    private Handled handleSlowly(TestMessage message) throws InterruptedException {
        this.handled.incrementAndGet();
        this.started.countDown();
        this.finish.await();
        return Handled.DONE;
    }

    private DeliveryHandler<TestMessage> handler(JobMessageHandler<TestMessage> handler) {
        return new DeliveryHandler<>(new JobMessageReader<>(new JsonMapper(), TestMessage.class), handler,
                this.deadLetters, new Requeue(this.publisher, JobRoute.CALLBACK));
    }

    private static Channel deadChannel(long tag) throws IOException {
        Channel dead = mock();
        willThrow(closed()).given(dead).basicAck(tag, false);
        return dead;
    }

    private static AlreadyClosedException closed() {
        return new AlreadyClosedException(new ShutdownSignalException(true, false, null, null));
    }

    private Delivery delivery(long tag, String body) {
        return new Delivery(this.channel, tag, false, HIGH, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Delivery delivery(Channel channel, long tag) {
        return new Delivery(channel, tag, false, HIGH, MESSAGE.getBytes(StandardCharsets.UTF_8));
    }

    record TestMessage(String jobId, int attempt) implements JobMessage {

        TestMessage {
            Assert.isTrue(jobId != null, "jobId is missing");
        }

    }

}
