package dev.jobprocessor.api.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.jobs.JobsChangedElsewhere;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class JobUpdatesListenerTests {

    private static final Message DELETION = new Message(
            "{\"jobs\":[],\"deleted\":[\"job-1\"]}".getBytes(StandardCharsets.UTF_8));

    private final List<Object> events = new ArrayList<>();

    @Test
    void passesOnWhatOtherInstancesChanged() {
        listener(true).received(DELETION);

        assertThat(this.events).containsExactly(new JobsChangedElsewhere(List.of(), List.of("job-1"), List.of()));
    }

    @Test
    void saysOnlyThatSomethingChangedWhereNobodyFollowsJobs() {
        listener(false).received(DELETION);

        assertThat(this.events).containsExactly(new JobsChangedElsewhere(List.of(), List.of(), List.of()));
    }

    private JobUpdatesListener listener(boolean audience) {
        return new JobUpdatesListener(mock(JobUpdatesExchange.class), List.of(() -> false, () -> audience),
                this.events::add, mock(JobFeed.class), new JsonMapper());
    }

}
