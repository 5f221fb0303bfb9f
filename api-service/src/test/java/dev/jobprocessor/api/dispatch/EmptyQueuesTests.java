package dev.jobprocessor.api.dispatch;

import java.util.List;

import dev.jobprocessor.api.jobs.JobQueues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.QueueInformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

class EmptyQueuesTests {

    private final AmqpAdmin broker = mock();

    private final EmptyQueues queues = new EmptyQueues(this.broker, new JobQueues(List.of("llm")));

    EmptyQueuesTests() {
        waiting("jobs.work", 0);
        waiting("jobs.work.llm", 0);
    }

    @Test
    void areThoseThatWereEmptyBefore() {
        assertThat(this.queues.emptyAgain()).isEmpty();
        waiting("jobs.work.llm", 1);
        assertThat(this.queues.emptyAgain()).containsExactly("default");
        waiting("jobs.work.llm", 0);
        assertThat(this.queues.emptyAgain()).containsExactly("default");
        assertThat(this.queues.emptyAgain()).containsExactlyInAnyOrder("default", "llm");
    }

    @Test
    void declareWhatWasDeletedAndAreEmptyFromThenOn() {
        this.queues.emptyAgain();
        then(this.broker).should(never()).initialize();
        waiting("jobs.work.llm", null);
        assertThat(this.queues.emptyAgain()).containsExactly("default");
        then(this.broker).should().initialize();
        waiting("jobs.work.llm", 0);
        this.queues.emptyAgain();
        assertThat(this.queues.emptyAgain()).containsExactlyInAnyOrder("default", "llm");
    }

    @Test
    void areNoneUntilTheBrokerWasAvailableTwice() {
        this.queues.emptyAgain();
        given(this.broker.getQueueInfo("jobs.work")).willThrow(new AmqpConnectException(new Exception()));
        assertThat(this.queues.emptyAgain()).isEmpty();
        willReturn(new QueueInformation("jobs.work", 0, 1)).given(this.broker).getQueueInfo("jobs.work");
        assertThat(this.queues.emptyAgain()).isEmpty();
        assertThat(this.queues.emptyAgain()).containsExactlyInAnyOrder("default", "llm");
    }

    private void waiting(String queue, @Nullable Integer messages) {
        given(this.broker.getQueueInfo(queue))
            .willReturn((messages != null) ? new QueueInformation(queue, messages, 1) : null);
    }

}
