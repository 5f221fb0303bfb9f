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
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

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
    void areNoneWhoseMessagesCannotBeCounted() {
        this.queues.emptyAgain();
        waiting("jobs.work.llm", null);
        assertThat(this.queues.emptyAgain()).containsExactly("default");
    }

    @Test
    void areNoneUntilTheBrokerWasAvailableTwice() {
        this.queues.emptyAgain();
        willThrow(new AmqpConnectException(new Exception())).given(this.broker).initialize();
        assertThat(this.queues.emptyAgain()).isEmpty();
        willDoNothing().given(this.broker).initialize();
        assertThat(this.queues.emptyAgain()).isEmpty();
        assertThat(this.queues.emptyAgain()).containsExactlyInAnyOrder("default", "llm");
    }

    private void waiting(String queue, @Nullable Integer messages) {
        given(this.broker.getQueueInfo(queue))
            .willReturn((messages != null) ? new QueueInformation(queue, messages, 1) : null);
    }

}
