package dev.jobprocessor.worker;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Which of the waiting jobs starts next. */
class PriorityIntegrationTests {

    private final Stage stage = new Stage();

    PriorityIntegrationTests() throws Exception {
    }

    @BeforeEach
    void skipBrokersWithoutPriorities() {
        assumeThat(this.stage.queues().hasPriorities()).as("the broker has priorities").isTrue();
    }

    @AfterEach
    void close() throws Exception {
        this.stage.close();
    }

    /**
     * Nothing but what runs is prefetched. RabbitMQ 4 may let one normal job go first.
     */
    @Test
    void startsAnUrgentJobNextThoughFiveHundredWait() throws Exception {
        this.stage.startWorker("--worker.prefetch=4");
        for (int i = 0; i < 504; i++) {
            this.stage.queues().publishJob("normal-" + i);
        }
        await().until(() -> this.stage.processor().started().size() == 4
                && this.stage.queues().waiting(TestQueues.WORK) >= 500);

        this.stage.queues().publishUrgentJob("urgent");
        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) >= 501);
        assertThat(this.stage.processor().started()).hasSize(4);
        this.stage.processor().release();

        await().until(() -> this.stage.processor().started().contains("urgent"));
        assertThat(this.stage.processor().started().indexOf("urgent")).isLessThan(4 + 4);
        await().until(() -> this.stage.processor().started().size() == 505);
        assertThat(this.stage.processor().started()).doesNotHaveDuplicates();
    }

    @Test
    void keepsNormalJobsInOrder() throws Exception {
        this.stage.startWorker("--worker.prefetch=1");
        for (int i = 0; i < 10; i++) {
            this.stage.queues().publishJob("normal-" + i);
        }
        this.stage.processor().release();

        await().until(() -> this.stage.processor().started().size() == 10);
        assertThat(this.stage.processor().started())
            .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj((i) -> "normal-" + i).toList());
    }

}
