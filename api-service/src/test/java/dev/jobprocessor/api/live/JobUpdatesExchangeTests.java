package dev.jobprocessor.api.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.jobs.JobsChangedElsewhere;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class JobUpdatesExchangeTests {

    private static final Message DELETION = new Message(
            "{\"jobs\":[],\"deleted\":[\"job-1\"]}".getBytes(StandardCharsets.UTF_8));

    private final List<Object> events = new ArrayList<>();

    @Test
    void passesOnWhatOtherInstancesChanged() {
        exchange(true).received(DELETION);

        assertThat(this.events).containsExactly(new JobsChangedElsewhere(List.of(), List.of("job-1"), List.of()));
    }

    @Test
    void saysOnlyThatSomethingChangedWhereNobodyFollowsJobs() {
        exchange(false).received(DELETION);

        assertThat(this.events).containsExactly(new JobsChangedElsewhere(List.of(), List.of(), List.of()));
    }

    private JobUpdatesExchange exchange(boolean audience) {
        return new JobUpdatesExchange(this.events::add, mock(JobFeed.class), List.of(() -> false, () -> audience),
                mock(RabbitTemplate.class), new JsonMapper());
    }

}
