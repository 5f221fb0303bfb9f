package dev.jobprocessor.worker.jobs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WaitingJobsTests {

    private final WaitingJobs waiting = new WaitingJobs();

    private final CountDownLatch entered = new CountDownLatch(1);

    @Test
    void returnsWhatWasWaitedFor() throws Exception {
        assertThat(this.waiting.<String>await(() -> "start")).isEqualTo("start");
        assertThat(this.waiting.stop()).isZero();
    }

    @Test
    void interruptsWhatWaits() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(failure(this::waitForEver)));
        this.entered.await();
        assertThat(this.waiting.stop()).isEqualTo(1);
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void beginsNothingOnceStopped() {
        this.waiting.stop();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.waiting.await(this::waitForEver));
        assertThat(this.entered.getCount()).isEqualTo(1);
    }

    @Test
    void beginsNoWorkWhoseWaitIsOverWhenItStops() {
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.waiting.await(this.waiting::stop));
        Thread.interrupted();
    }

    private @Nullable Throwable failure(WaitingJobs.Wait<String> wait) {
        try {
            this.waiting.await(wait);
            return null;
        }
        catch (InterruptedException ex) {
            return ex;
        }
    }

    private String waitForEver() throws InterruptedException {
        this.entered.countDown();
        new CountDownLatch(1).await();
        return "";
    }

}
