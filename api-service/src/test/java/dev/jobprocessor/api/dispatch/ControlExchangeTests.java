package dev.jobprocessor.api.dispatch;

import com.rabbitmq.client.Channel;
import dev.jobprocessor.api.jobs.AttemptEnded;
import dev.jobprocessor.api.jobs.InstructionsChanged;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.rabbit.core.ChannelCallback;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

class ControlExchangeTests {

    private final RabbitTemplate rabbit = mock();

    private final Channel channel = mock();

    private final JsonMapper json = new JsonMapper();

    private final ControlExchange exchange = new ControlExchange(this.rabbit, this.json);

    private JsonNode published() throws Exception {
        given(this.rabbit.execute(any(ChannelCallback.class)))
            .willAnswer((call) -> call.<ChannelCallback<?>>getArgument(0).doInRabbit(this.channel));
        this.exchange.publish();
        ArgumentCaptor<byte[]> body = ArgumentCaptor.captor();
        then(this.channel).should().basicPublish(eq("jobs.control"), eq(""), any(), body.capture());
        return this.json.readTree(body.getValue());
    }

    @Test
    void publishesTogetherWhatIsUrgent() throws Exception {
        this.exchange.ended(new AttemptEnded(new JobAttempt("6925f0a1c3b2a40f5d1e7a02", 3)));
        this.exchange.changed(new InstructionsChanged());

        assertThat(published()).isEqualTo(this.json.readTree(ExampleEvents.read("control.json")));
    }

    @Test
    void publishesNothingWhereNothingIs() {
        this.exchange.publish();
        then(this.rabbit).shouldHaveNoInteractions();
    }

    @Test
    void asksWorkersForHeartbeatsWhereMoreEndedThanAMessageHolds() throws Exception {
        end(ControlExchange.MAX_ENDED + 1);

        JsonNode control = published();
        assertThat(control.path("ended")).hasSize(ControlExchange.MAX_ENDED);
        assertThat(control.path("heartbeat").asBoolean()).isTrue();
    }

    @Test
    void asksForNoneWhereAMessageHoldsAll() throws Exception {
        end(ControlExchange.MAX_ENDED);

        JsonNode control = published();
        assertThat(control.path("ended")).hasSize(ControlExchange.MAX_ENDED);
        assertThat(control.path("heartbeat").asBoolean()).isFalse();
    }

    private void end(int attempts) {
        for (int i = 0; i < attempts; i++) {
            this.exchange.ended(new AttemptEnded(new JobAttempt("job-" + i, 1)));
        }
    }

    @Test
    void leavesToTheNextHeartbeatsWhatTheBrokerDoesNotTake() {
        this.exchange.changed(new InstructionsChanged());
        given(this.rabbit.execute(any(ChannelCallback.class))).willThrow(new AmqpConnectException(new Exception()));

        this.exchange.publish();
        this.exchange.publish();

        then(this.rabbit).should().execute(any(ChannelCallback.class));
    }

}
