package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.broker.Attempt;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.callback.Heartbeat;
import dev.jobprocessor.worker.callback.Heartbeats;
import dev.jobprocessor.worker.callback.Instructions;
import dev.jobprocessor.worker.jobs.WorkerHeartbeat.Description;
import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;

class JobConsumersTests {

    private static final int LONG = 60_000;

    private static final List<Heartbeat.Queue> QUEUES = List.of(new Heartbeat.Queue("llm", "openai", 16, false, null));

    private final QueueConsumer llm = mock();

    private final QueueConsumer control = mock();

    private final Heartbeats api = mock();

    private final RunningJobs running = new RunningJobs();

    private final List<Heartbeat> heard = new CopyOnWriteArrayList<>();

    private WorkerHeartbeat heartbeat = heartbeat(Duration.ofMillis(10));

    private JobConsumers consumers = consumers();

    private WorkerHeartbeat heartbeat(Duration interval) {
        return new WorkerHeartbeat(this.api, new Description("worker-1", "1.2.3", () -> QUEUES), this.running,
                interval);
    }

    private JobConsumers consumers() {
        return new JobConsumers(Map.of("llm", this.llm), this.control, this.heartbeat, this.running);
    }

    /** Answers so one heartbeat after another, and as the last time from then on. */
    private void answers(@Nullable Instructions... all) throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        given(this.api.send(any())).willAnswer((call) -> {
            this.heard.add(call.getArgument(0));
            return all[Math.min(calls.getAndIncrement(), all.length - 1)];
        });
    }

    private static Instructions paused(String... queues) {
        return new Instructions(Set.of(queues), List.of(), false);
    }

    private static Instructions drain(boolean drain) {
        return new Instructions(Set.of(), List.of(), drain);
    }

    @AfterEach
    void stop() {
        this.consumers.stop();
    }

    @Test
    void consumesNothingBeforeTheApiWasHeard() throws Exception {
        given(this.llm.isConsuming()).willReturn(true);
        answers((Instructions) null);

        this.consumers.start();

        then(this.api).should(timeout(LONG).atLeast(2)).send(any());
        then(this.llm).should(never()).start();
        assertThat(this.consumers.isConsuming()).isFalse();
    }

    @Test
    void beginsPausedWhereTheQueueIs() throws Exception {
        answers(paused("llm"));

        this.consumers.start();

        then(this.llm).should(timeout(LONG)).start();
        InOrder inOrder = inOrder(this.llm);
        inOrder.verify(this.llm).setPaused(true);
        inOrder.verify(this.llm).start();
    }

    @Test
    void keepsTheLastInstructions() throws Exception {
        answers(paused("llm"), null);

        this.consumers.start();

        then(this.api).should(timeout(LONG).atLeast(3)).send(any());
        then(this.llm).should().setPaused(true);
        then(this.llm).should(never()).setPaused(false);
    }

    @Test
    void resumesWhatIsNoLongerPaused() throws Exception {
        answers(paused("llm"), paused());

        this.consumers.start();

        then(this.llm).should(timeout(LONG).atLeast(1)).setPaused(false);
        then(this.llm).should(atLeast(2)).setPaused(anyBoolean());
        then(this.llm).should().start();
    }

    @Test
    void requeuesWhatHasNotBegunOnceNothingIsDeliveredToADrainedWorker() throws Exception {
        answers(drain(false), drain(true), drain(true), drain(true), drain(false));

        this.consumers.start();

        then(this.llm).should(timeout(LONG)).setDrained(false);
        InOrder inOrder = inOrder(this.llm);
        inOrder.verify(this.llm).setPaused(true);
        inOrder.verify(this.llm).setDrained(true);
        inOrder.verify(this.llm).setDrained(false);
        inOrder.verify(this.llm, timeout(LONG).atLeast(1)).setPaused(false);
    }

    @Test
    void interruptsWhatHasEnded() throws Exception {
        Attempt attempt = new Attempt("6925f0a1c3b2a40f5d1e7a02", 3);
        answers(new Instructions(Set.of(), List.of(attempt), false));
        CountDownLatch begun = new CountDownLatch(1);
        Thread work = Thread.startVirtualThread(() -> run(attempt, begun));
        begun.await();

        this.consumers.start();

        work.join();
        assertThat(this.heard.getFirst().attempts()).containsExactly(attempt);
        assertThat(this.heard.getFirst().inFlight()).isEqualTo(1);
    }

    @Test
    void interruptsAndAsksAtOnceWhatIsPublishedToAllWorkers() throws Exception {
        this.heartbeat = heartbeat(Duration.ofHours(1));
        this.consumers = consumers();
        answers(paused(), paused("llm"));
        this.consumers.start();
        then(this.llm).should(timeout(LONG)).start();
        CountDownLatch begun = new CountDownLatch(1);
        Thread work = Thread.startVirtualThread(() -> run(new Attempt("6925f0a1c3b2a40f5d1e7a02", 3), begun));
        begun.await();

        ControlMessages messages = new ControlMessages(this.running, this.heartbeat, new JsonMapper());
        messages.handle("no JSON".getBytes(UTF_8));
        messages.handle("null".getBytes(UTF_8));
        messages.handle(ExampleEvents.read("control.json").getBytes(UTF_8));

        work.join();
        then(this.llm).should(timeout(LONG)).setPaused(true);
    }

    private void run(Attempt attempt, CountDownLatch begun) {
        try {
            this.running.run(new Job(attempt.jobId(), "Name a colour", attempt.attempt()), (job) -> {
                begun.countDown();
                Thread.sleep(Duration.ofHours(1));
                return new Outcome.Delegated();
            });
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void reportsThatItStopsWhileItFinishesAndThatItHasStopped() throws Exception {
        this.heartbeat = heartbeat(Duration.ofHours(1));
        this.consumers = consumers();
        answers(paused());
        willAnswer((call) -> {
            await().until(() -> this.heard.getLast().stopping());
            return null;
        }).given(this.llm).stop();
        this.consumers.start();
        then(this.llm).should(timeout(LONG)).start();

        this.consumers.stop();

        assertThat(this.heard).extracting(Heartbeat::stopping).containsExactly(false, true, true);
        assertThat(this.heard).extracting(Heartbeat::stopped).containsExactly(false, false, true);
        assertThat(this.heard.getFirst().queues()).isEqualTo(QUEUES);
        then(this.llm).should().setPaused(false);
        then(this.control).should().stop();
    }

}
