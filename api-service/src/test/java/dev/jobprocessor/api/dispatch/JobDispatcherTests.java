package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobDue;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

class JobDispatcherTests {

    private static final Job JOB = new Job("6925f0a1c3b2a40f5d1e7a01", JobRequest.of("a"), JobStatus.PENDING, 1, 1, 1,
            Instant.EPOCH, Instant.EPOCH, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, List.of(), null, null);

    private final RabbitTemplate rabbit = mock();

    private final RabbitOperations channel = mock();

    private final ConfirmedJobs confirmed = mock();

    private final Queue<CorrelationData> sent = new ConcurrentLinkedQueue<>();

    private final JobDispatcher dispatcher = new JobDispatcher(this.rabbit, this.confirmed,
            new DispatchSettings(Duration.ofSeconds(1), Duration.ofHours(6), 10), Clock.systemUTC(),
            InstantSource.system(), new JsonMapper(), new DispatchMetrics(new SimpleMeterRegistry()),
            new JobQueues(List.of("llm")));

    JobDispatcherTests() {
        willAnswer((call) -> {
            this.sent.add(call.getArgument(3));
            return null;
        }).given(this.channel).send(any(), any(), any(Message.class), any(CorrelationData.class));
    }

    @AfterEach
    void stop() {
        confirm();
        this.dispatcher.stop();
    }

    @Test
    void goesOnWhateverIsThrown() {
        given(this.rabbit.invoke(any())).willThrow(new IllegalStateException("broken"))
            .willThrow(new StackOverflowError())
            .willAnswer((call) -> call.<RabbitOperations.OperationsCallback<?>>getArgument(0).doInRabbit(this.channel));
        this.dispatcher.start();
        await().until(() -> {
            this.dispatcher.dispatch(due());
            return !this.sent.isEmpty();
        });
        assertThat(this.dispatcher.isAlive()).isTrue();
    }

    @Test
    void waitsForConfirmsWhenItStops() {
        given(this.rabbit.invoke(any()))
            .willAnswer((call) -> call.<RabbitOperations.OperationsCallback<?>>getArgument(0).doInRabbit(this.channel));
        this.dispatcher.start();
        this.dispatcher.dispatch(due());
        await().until(() -> !this.sent.isEmpty());
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this.dispatcher::stop);
        await().until(() -> !this.dispatcher.isRunning());
        then(this.confirmed).should(never()).add(any());
        assertThat(stopping).isNotDone();
        confirm();
        stopping.join();
        then(this.confirmed).should().add(any());
    }

    @Test
    void takesNothingFromTheRelayWhenItIsStopped() {
        assertThat(this.dispatcher.freeCapacity()).isZero();
        this.dispatcher.start();
        assertThat(this.dispatcher.freeCapacity()).isEqualTo(10);
        this.dispatcher.stop();
        assertThat(this.dispatcher.freeCapacity()).isZero();
        assertThat(this.dispatcher.isAlive()).isTrue();
    }

    private void confirm() {
        this.sent.forEach((correlation) -> correlation.getFuture().complete(new CorrelationData.Confirm(true, null)));
    }

    private static JobDue due() {
        return new JobDue(JOB, Instant.MAX);
    }

}
