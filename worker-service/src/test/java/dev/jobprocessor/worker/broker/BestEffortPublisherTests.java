package dev.jobprocessor.worker.broker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;

class BestEffortPublisherTests {

    private final RabbitTemplate rabbit = mock();

    @ParameterizedTest
    @MethodSource
    void publishesAfterAnyFailure(Throwable failure) {
        given(this.rabbit.invoke(any())).willThrow(failure).willReturn(null);
        try (BestEffortPublisher publisher = publisher()) {
            publisher.publish(JobRoute.STARTED, new byte[0]);
            then(this.rabbit).should(timeout(60_000)).invoke(any());
            publisher.publish(JobRoute.STARTED, new byte[0]);

            then(this.rabbit).should(timeout(60_000).times(2)).invoke(any());
            assertThat(publisher.isAlive()).isTrue();
        }
    }

    static Stream<Throwable> publishesAfterAnyFailure() {
        return Stream.of(new AmqpException("unavailable"),
                new IllegalStateException("Channel closed during application"),
                new OutOfMemoryError("Java heap space"));
    }

    @Test
    void isNotAliveOnceItIsClosed() {
        BestEffortPublisher publisher = publisher();
        publisher.close();

        await().until(() -> !publisher.isAlive());
    }

    @Test
    void dropsOutputAndNothingElseWhileTheBrokerBlocks() {
        CountDownLatch blocked = new CountDownLatch(1);
        List<Integer> batches = new CopyOnWriteArrayList<>();
        given(this.rabbit.invoke(any())).willAnswer((call) -> {
            blocked.await();
            RabbitOperations.OperationsCallback<List<?>> batch = call.getArgument(0);
            batches.add(batch.doInRabbit(mock()).size());
            return null;
        });
        try (BestEffortPublisher publisher = publisher()) {
            publisher.publish(JobRoute.STARTED, new byte[0]);
            then(this.rabbit).should(timeout(60_000)).invoke(any());
            for (int i = 0; i < 2 * BestEffortPublisher.BUSY; i++) {
                publisher.publishUnlessBusy(JobRoute.PROGRESS, new byte[0]);
            }
            publisher.publish(JobRoute.STARTED, new byte[0]);
            blocked.countDown();

            int all = 1 + BestEffortPublisher.BUSY + 1;
            await().until(() -> batches.stream().mapToInt(Integer::intValue).sum() == all);
        }
    }

    private BestEffortPublisher publisher() {
        return new BestEffortPublisher(this.rabbit, new MessageTraces(Tracer.NOOP, Propagator.NOOP));
    }

}
