package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class SharedSnapshotTests {

    private Duration timeout = Duration.ofMinutes(1);

    private final AtomicLong nanoTime = new AtomicLong();

    private final AtomicInteger loads = new AtomicInteger();

    private final AtomicInteger asking = new AtomicInteger();

    private final CountDownLatch database = new CountDownLatch(1);

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void release() {
        this.database.countDown();
        this.readers.close();
    }

    @Test
    void loadsAgainAtItsMaxAge() {
        SharedSnapshot<Integer> snapshot = snapshot();
        assertThat(snapshot.get()).isEqualTo(1);
        this.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(snapshot.get()).isEqualTo(1);
        this.nanoTime.incrementAndGet();
        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void loadsAgainAfterAChange() {
        SharedSnapshot<Integer> snapshot = snapshot();
        snapshot.get();
        snapshot.invalidate();
        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void neverReturnsWhatWasLoadedBeforeAChange() {
        SharedSnapshot<Integer> snapshot = blocked();
        CompletableFuture<Integer> before = read(snapshot);
        await().until(() -> this.loads.get() == 1);
        snapshot.invalidate();
        CompletableFuture<Integer> after = read(snapshot);
        await().until(() -> this.asking.get() == 2);
        this.database.countDown();
        assertThat(before.join()).isEqualTo(1);
        assertThat(after.join()).isEqualTo(2);
    }

    @Test
    void allWhoWaitShareOneFailure() {
        SharedSnapshot<Integer> snapshot = new SharedSnapshot<>(() -> {
            this.loads.incrementAndGet();
            awaitDatabase();
            throw new DataAccessResourceFailureException("unreachable");
        }, Duration.ofSeconds(1), this.timeout, this.nanoTime::get);
        List<CompletableFuture<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            reads.add(read(snapshot));
        }
        await().until(() -> this.asking.get() == 200);
        snapshot.invalidate();
        this.database.countDown();
        assertThat(reads).allSatisfy((read) -> assertThat(read.handle((value, failure) -> failure).join())
            .hasRootCauseInstanceOf(DataAccessResourceFailureException.class));
        assertThat(this.loads).hasValueLessThan(100);
    }

    @Test
    void nobodyWaitsForALoadThatHangs() {
        this.timeout = Duration.ofMillis(20);
        SharedSnapshot<Integer> snapshot = blocked();
        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(snapshot::get);
        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(snapshot::get);
        await().untilAsserted(() -> assertThat(this.loads).hasValue(1));
        this.database.countDown();
        await().ignoreExceptions().untilAsserted(() -> assertThat(snapshot.get()).isEqualTo(1));
    }

    private SharedSnapshot<Integer> snapshot() {
        return new SharedSnapshot<>(this.loads::incrementAndGet, Duration.ofSeconds(1), this.timeout,
                this.nanoTime::get);
    }

    private SharedSnapshot<Integer> blocked() {
        return new SharedSnapshot<>(() -> {
            int load = this.loads.incrementAndGet();
            awaitDatabase();
            return load;
        }, Duration.ofSeconds(1), this.timeout, this.nanoTime::get);
    }

    private void awaitDatabase() {
        try {
            this.database.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private CompletableFuture<Integer> read(SharedSnapshot<Integer> snapshot) {
        return CompletableFuture.supplyAsync(() -> {
            this.asking.incrementAndGet();
            return snapshot.get();
        }, this.readers);
    }

}
