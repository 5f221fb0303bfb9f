package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResultMemoryTests {

    private final ResultMemory memory = new ResultMemory(2 * ResultMemory.MAX_SHARE);

    @Test
    void hasNoMoreThanItsSize() throws Exception {
        assertThat(reserve(ResultMemory.MAX_SHARE)).isTrue();
        assertThat(reserve(ResultMemory.MAX_SHARE)).isTrue();
        assertThat(reserve(1)).isFalse();
    }

    @Test
    void takesTheLargestShareForWhateverIsLarger() throws Exception {
        assertThat(reserve(Long.MAX_VALUE)).isTrue();
        assertThat(reserve(ResultMemory.MAX_SHARE)).isTrue();
    }

    @Test
    void hasRoomForTheLargestShareHoweverSmallTheHeap() throws Exception {
        assertThat(new ResultMemory(1).reserve(ResultMemory.MAX_SHARE, Duration.ZERO)).isTrue();
    }

    @Test
    void givesToOthersWhatIsNotNeeded() throws Exception {
        this.memory.reserve(ResultMemory.MAX_SHARE, Duration.ZERO);
        this.memory.shrink(ResultMemory.MAX_SHARE / 2);

        assertThat(reserve(ResultMemory.MAX_SHARE)).isTrue();
        assertThat(reserve(ResultMemory.MAX_SHARE / 2)).isTrue();
        assertThat(reserve(1)).isFalse();
    }

    @Test
    void neverGrowsByShrinking() throws Exception {
        this.memory.reserve(1024, Duration.ZERO);
        this.memory.shrink(ResultMemory.MAX_SHARE);
        this.memory.release();
        this.memory.release();

        assertThat(reserve(ResultMemory.MAX_SHARE)).isTrue();
        assertThat(reserve(ResultMemory.MAX_SHARE)).isTrue();
        assertThat(reserve(1)).isFalse();
    }

    @Test
    void takesAThreadsShareInPlaceOfItsLast() throws Exception {
        for (int time = 0; time < 10; time++) {
            assertThat(this.memory.reserve(ResultMemory.MAX_SHARE, Duration.ZERO)).isTrue();
        }
    }

    @Test
    void letsOthersWaitUntilAShareIsReleased() throws Exception {
        this.memory.reserve(ResultMemory.MAX_SHARE, Duration.ZERO);
        reserve(ResultMemory.MAX_SHARE);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> other = threads.submit(() -> this.memory.reserve(1, Duration.ofMinutes(1)));
            this.memory.release();
            assertThat(other.get()).isTrue();
        }
    }

    /** On a thread of its own, as each job is. */
    private boolean reserve(long bytes) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(() -> this.memory.reserve(bytes, Duration.ZERO)).get();
        }
    }

}
