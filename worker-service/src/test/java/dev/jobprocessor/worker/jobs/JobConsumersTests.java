package dev.jobprocessor.worker.jobs;

import java.util.Map;
import java.util.Set;

import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.callback.PausedQueues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;

class JobConsumersTests {

    private static final int LONG = 60_000;

    private final QueueConsumer llm = mock();

    private final PausedQueues api = mock();

    private final JobConsumers consumers = new JobConsumers(Map.of("llm", this.llm), this.api);

    @AfterEach
    void stop() {
        this.consumers.stop();
    }

    @Test
    void consumesNothingBeforeThePausedQueuesAreKnown() throws Exception {
        given(this.llm.isConsuming()).willReturn(true);
        given(this.api.read()).willReturn(null);

        this.consumers.start();

        then(this.api).should(timeout(LONG).atLeast(2)).read();
        then(this.llm).should(never()).start();
        assertThat(this.consumers.isConsuming()).isFalse();
    }

    @Test
    void beginsPausedWhereTheQueueIs() throws Exception {
        given(this.api.read()).willReturn(Set.of("llm"));

        this.consumers.start();

        then(this.llm).should(timeout(LONG)).start();
        InOrder inOrder = inOrder(this.llm);
        inOrder.verify(this.llm).setPaused(true);
        inOrder.verify(this.llm).start();
    }

    @Test
    void keepsTheLastKnownState() throws Exception {
        given(this.api.read()).willReturn(Set.of("llm")).willReturn(null);

        this.consumers.start();

        then(this.api).should(timeout(LONG).atLeast(3)).read();
        then(this.llm).should().setPaused(true);
        then(this.llm).should(never()).setPaused(false);
    }

    @Test
    void resumesWhatIsNoLongerPaused() throws Exception {
        given(this.api.read()).willReturn(Set.of("llm")).willReturn(Set.of());

        this.consumers.start();

        then(this.llm).should(timeout(LONG).atLeast(1)).setPaused(false);
        then(this.llm).should(atLeast(2)).setPaused(anyBoolean());
        then(this.llm).should().start();
    }

}
