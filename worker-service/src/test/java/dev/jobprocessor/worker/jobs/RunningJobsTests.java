package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.jobprocessor.worker.broker.Attempt;
import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class RunningJobsTests {

    private static final Job JOB = new Job("a", "Name a colour", 1);

    private static final Attempt FIRST = new Attempt("a", 1);

    private static final Outcome DONE = new Outcome.Completed("done");

    private final RunningJobs running = new RunningJobs();

    @Test
    void knowsWhatIsProcessedAndSinceWhen() throws Exception {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 1; i <= 3; i++) {
            Job job = new Job("job", "Name a colour", i);
            threads.add(Thread.startVirtualThread(() -> run(job, release)));
            int begun = i;
            await().until(() -> this.running.count() == begun);
        }

        assertThat(this.running.oldest(2)).containsExactly(new Attempt("job", 1), new Attempt("job", 2));
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(this.running.count()).isZero();
    }

    private void run(Job job, CountDownLatch release) {
        try {
            this.running.run(job, (ignored) -> {
                release.await();
                return DONE;
            });
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interruptsWhatHasEnded() throws Exception {
        assertThat(this.running.run(JOB, (job) -> {
            this.running.interrupt(List.of(new Attempt("a", 2), FIRST, new Attempt("unknown", 1)));
            Thread.sleep(Duration.ofMinutes(1));
            return DONE;
        })).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void dropsTheOutcomeOfWhatHasEndedHoweverItCame() throws Exception {
        assertThat(this.running.run(JOB, (job) -> {
            this.running.interrupt(List.of(FIRST));
            return DONE;
        })).isNull();
        assertThat(this.running.run(JOB, (job) -> {
            this.running.interrupt(List.of(FIRST));
            throw new IllegalStateException("cut");
        })).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptsNoOtherAttempt() throws Exception {
        assertThat(this.running.run(JOB, (job) -> {
            this.running.interrupt(List.of(new Attempt("a", 2), new Attempt("b", 1)));
            return DONE;
        })).isEqualTo(DONE);
    }

    @Test
    void interruptsNothingThatIsOver() throws Exception {
        this.running.run(JOB, (job) -> DONE);
        this.running.interrupt(List.of(FIRST));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void passesOnTheInterruptOfAStop() {
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.running.run(JOB, (job) -> {
            throw new InterruptedException();
        }));
        assertThat(this.running.count()).isZero();
    }

}
