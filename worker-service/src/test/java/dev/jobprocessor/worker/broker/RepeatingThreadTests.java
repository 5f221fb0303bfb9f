package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class RepeatingThreadTests {

    private final AtomicInteger runs = new AtomicInteger();

    private final CountDownLatch never = new CountDownLatch(1);

    @ParameterizedTest
    @MethodSource
    void goesOnWhateverIsThrown(Throwable failure, CapturedOutput output) throws Exception {
        RepeatingThread thread = new RepeatingThread("unlucky", () -> {
            if (this.runs.incrementAndGet() == 1) {
                RepeatingThreadTests.<RuntimeException>sneakilyThrow(failure);
            }
            this.never.await();
        });

        await().until(() -> this.runs.get() == 2);
        assertThat(thread.isAlive()).isTrue();
        assertThat(output).contains("The thread unlucky failed");
        stop(thread);
    }

    static Stream<Throwable> goesOnWhateverIsThrown() {
        return Stream.of(new IllegalStateException("a bug"), new OutOfMemoryError("Java heap space"),
                new StackOverflowError(), new NoClassDefFoundError("gone"));
    }

    @Test
    void endsOnlyWhenItIsStopped() throws Exception {
        RepeatingThread thread = new RepeatingThread("interrupted", () -> {
            if (this.runs.incrementAndGet() == 1) {
                throw new InterruptedException("by somebody else");
            }
            this.never.await();
        });

        await().until(() -> this.runs.get() == 2);
        stop(thread);
    }

    private static void stop(RepeatingThread thread) throws InterruptedException {
        thread.stop();
        thread.join(Duration.ofMinutes(1));
        assertThat(thread.isAlive()).isFalse();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakilyThrow(Throwable failure) throws T {
        throw (T) failure;
    }

}
