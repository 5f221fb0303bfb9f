package dev.jobprocessor.worker.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.broker.Attempt;
import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.Handled;
import dev.jobprocessor.worker.broker.JobRoute;
import dev.jobprocessor.worker.broker.UndeliverableException;
import dev.jobprocessor.worker.callback.Callback;
import dev.jobprocessor.worker.callback.JobReports;
import dev.jobprocessor.worker.callback.JobStart;
import dev.jobprocessor.worker.callback.JobStarts;
import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.Outcome;
import dev.jobprocessor.worker.processing.Processor;
import dev.jobprocessor.worker.processing.ResultMemory;
import dev.jobprocessor.worker.processing.WorkQueue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class JobCreatedListenerTests {

    private static final JobCreated JOB = new JobCreated("6925f0a1c3b2a40f5d1e7a01", "prompt", 2, null);

    private static final JobStart.Granted GRANTED = new JobStart.Granted("claim-1", Instant.EPOCH,
            "http://api/callback?token=t", 0);

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15.061Z");

    private final JsonMapper json = new JsonMapper();

    private final JobStarts starts = mock();

    private final List<Job> worked = new ArrayList<>();

    private final JobReports reports = mock();

    private final BestEffortPublisher events = mock();

    private final WorkSettings settings = new WorkSettings("worker-1", Duration.ZERO, Duration.ofSeconds(10));

    private final RunningJobs running = new RunningJobs();

    private final ResultMemory memory = mock();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final WorkMetrics metrics = new WorkMetrics(
            new WorkQueue(WorkQueue.DEFAULT, (job) -> new Outcome.Delegated(), 7), this.meters);

    @Test
    void saysThatWorkBegins() throws Exception {
        listener((job) -> new Outcome.Delegated()).handle(JOB);

        ArgumentCaptor<byte[]> event = ArgumentCaptor.captor();
        then(this.events).should().publish(eq(JobRoute.STARTED), event.capture());
        assertThat(this.json.readTree(new String(event.getValue(), StandardCharsets.UTF_8)))
            .isEqualTo(this.json.readTree(ExampleEvents.read("job-started.json")));
    }

    @Test
    void reportsAResult() throws Exception {
        listener((job) -> new Outcome.Completed(job.prompt() + " done")).handle(JOB);

        then(this.reports).should().report(started(Callback.completed(JOB.jobId(), 2, "prompt done", null)));
    }

    @Test
    void reportsAFailure() throws Exception {
        listener((job) -> new Outcome.Failed("No such model", ErrorCode.PROVIDER_REFUSED)).handle(JOB);

        then(this.reports).should()
            .report(started(Callback.failed(JOB.jobId(), 2, "No such model", ErrorCode.PROVIDER_REFUSED)));
    }

    @Test
    void handsADeferredJobBackToTheApi() throws Exception {
        Handled handled = listener((job) -> new Outcome.Deferred(Duration.ofSeconds(12), null, "Busy")).handle(JOB);

        assertThat(handled).isEqualTo(Handled.DEFERRED);
        then(this.reports).should()
            .report(Callback.deferred(JOB.jobId(), 2, null, Duration.ofSeconds(12), null, "Busy"));
    }

    @Test
    void leavesADeferredJobToTheBrokerWhereTheApiRefusesIt() throws Exception {
        willThrow(new UndeliverableException("unknown status")).given(this.reports)
            .report(Callback.deferred(JOB.jobId(), 2, null, Duration.ofMillis(1), null, "Busy"));

        assertThat(listener((job) -> new Outcome.Deferred(Duration.ofMillis(1), null, "Busy")).handle(JOB))
            .isEqualTo(Handled.REQUEUED);
    }

    @Test
    void saysNothingBeforeTheProcessorIsReady() {
        Processor notReady = new Processor() {

            @Override
            public void awaitReadiness() throws InterruptedException {
                throw new InterruptedException();
            }

            @Override
            public Outcome process(Job job) {
                return new Outcome.Delegated();
            }

        };

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> listener(notReady).handle(JOB));
        then(this.events).shouldHaveNoInteractions();
    }

    @Test
    void leavesTheReportToTheWorkflow() throws Exception {
        listener((job) -> new Outcome.Delegated()).handle(JOB);

        then(this.reports).shouldHaveNoInteractions();
    }

    @Test
    void reportsAProcessorThatThrowsWithoutItsDetails(CapturedOutput output) throws Exception {
        listener((job) -> {
            throw new IllegalStateException("key sk-1 at line 7");
        }).handle(JOB);

        then(this.reports).should()
            .report(started(Callback.failed(JOB.jobId(), 2, "An unexpected error in the worker ended this job",
                    ErrorCode.WORKER_ERROR)));
        assertThat(output).contains("IllegalStateException");
    }

    @Test
    void reportsNothingWhenInterrupted() {
        Processor processor = (job) -> {
            throw new InterruptedException();
        };

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> listener(processor).handle(JOB));
        then(this.reports).shouldHaveNoInteractions();
    }

    @Test
    void acknowledgesWithoutAReportWhatIsCancelledWhileItRuns() throws Exception {
        Processor processor = (job) -> {
            this.running.interrupt(List.of(new Attempt(JOB.jobId(), 2)));
            Thread.sleep(Duration.ofMinutes(1));
            return new Outcome.Completed("x");
        };

        assertThat(listener(processor).handle(JOB)).isEqualTo(Handled.DONE);
        then(this.reports).shouldHaveNoInteractions();
        then(this.memory).should().release();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(this.meters.get("worker.jobs").tag("outcome", "cancelled").timer().count()).isEqualTo(1);
        assertThat(inFlight()).isZero();
    }

    @Test
    void passesOnWhatTheApiWillNeverTake() throws Exception {
        willThrow(new UndeliverableException("refused")).given(this.reports)
            .report(started(Callback.completed(JOB.jobId(), 2, "x", null)));

        assertThatExceptionOfType(UndeliverableException.class)
            .isThrownBy(() -> listener((job) -> new Outcome.Completed("x")).handle(JOB));
    }

    @Test
    void countsJobsInFlightHoweverTheyFinish() throws Exception {
        listener((job) -> {
            assertThat(inFlight()).isEqualTo(1);
            return new Outcome.Failed("No such model", ErrorCode.PROVIDER_REFUSED);
        }).handle(JOB);

        assertThat(inFlight()).isZero();
        then(this.memory).should().release();
        assertThat(this.meters.get("worker.jobs").tag("outcome", "failed").timer().count()).isEqualTo(1);
        assertThat(this.meters.get("worker.jobs").tag("outcome", "completed").timer().count()).isZero();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> listener((job) -> {
            throw new InterruptedException();
        }).handle(JOB));
        assertThat(inFlight()).isZero();
    }

    @Test
    void tellsQueuesApartInMetrics() {
        new WorkMetrics(new WorkQueue("llm", (job) -> new Outcome.Delegated(), 4), this.meters);

        assertThat(this.meters.get("worker.jobs.capacity").tag("queue", "default").gauge().value()).isEqualTo(7);
        assertThat(this.meters.get("worker.jobs.capacity").tag("queue", "llm").gauge().value()).isEqualTo(4);
    }

    @Test
    void isNamedAfterItsHostAndProcessByDefault() {
        assertThat(new WorkSettings("", Duration.ZERO, Duration.ofSeconds(10)).name())
            .endsWith("-" + ProcessHandle.current().pid());
    }

    private double inFlight() {
        return this.meters.get("worker.jobs.in.flight").gauge().value();
    }

    @Test
    void worksOnlyWhatTheApiLetsStart() throws Exception {
        given(this.starts.claim(JOB.jobId(), 2, "worker-1", true)).willReturn(GRANTED);
        assertThat(listener(claimed(new Outcome.Delegated())).handleAgain(JOB)).isEqualTo(Handled.DONE);
        assertThat(this.worked).containsExactly(new Job(JOB.jobId(), "prompt", 2, null, GRANTED));
        then(this.events).shouldHaveNoInteractions();
    }

    @Test
    void defersByTheClaimThatTheJobStartedBy() throws Exception {
        given(this.starts.claim(JOB.jobId(), 2, "worker-1", false)).willReturn(GRANTED);
        listener(claimed(new Outcome.Deferred(Duration.ofSeconds(12), Duration.ofMinutes(10), "Busy"))).handle(JOB);
        then(this.reports).should()
            .report(Callback.deferred(JOB.jobId(), 2, "claim-1", Duration.ofSeconds(12), Duration.ofMinutes(10),
                    "Busy"));
    }

    @Test
    void worksNothingThatTheApiRefuses() throws Exception {
        given(this.starts.claim(JOB.jobId(), 2, "worker-1", false)).willReturn(new JobStart.Refused("cancelled"));
        assertThat(listener(claimed(new Outcome.Completed("x"))).handle(JOB)).isEqualTo(Handled.DONE);
        assertThat(this.worked).isEmpty();
        then(this.reports).shouldHaveNoInteractions();
    }

    @Test
    void requeuesWhatTheApiDoesNotDecide() throws Exception {
        given(this.starts.claim(JOB.jobId(), 2, "worker-1", false)).willReturn(new JobStart.Unavailable("refused"));
        assertThat(listener(claimed(new Outcome.Completed("x"))).handle(JOB)).isEqualTo(Handled.REQUEUED);
        assertThat(this.worked).isEmpty();
    }

    private Processor claimed(Outcome outcome) {
        return new Processor() {

            @Override
            public boolean isClaimed() {
                return true;
            }

            @Override
            public Outcome process(Job job) {
                JobCreatedListenerTests.this.worked.add(job);
                return outcome;
            }

        };
    }

    private static Callback started(Callback callback) {
        return callback.with(new Callback.Start("worker-1", NOW));
    }

    private JobCreatedListener listener(Processor processor) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new JobCreatedListener(processor, this.starts, this.reports, this.events, this.json, this.memory,
                this.settings, this.running, clock, clock, this.metrics);
    }

}
