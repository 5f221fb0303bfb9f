package dev.jobprocessor.api.dispatch;

import java.util.List;

import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerTopologyTests {

    private final JsonMapper json = new JsonMapper();

    /** RabbitMQ refuses other arguments for a queue that exists. */
    @Test
    void declaresQueuesAsAgreed() {
        JsonNode agreed = this.json.readTree(ExampleEvents.read("work-queues.json"));
        Declarables declared = new BrokerTopology().workQueues(new JobQueues(List.of("llm.eu-1")));

        List<Queue> queues = declared.getDeclarablesByType(Queue.class);
        List<Binding> bindings = declared.getDeclarablesByType(Binding.class);
        assertThat(queues).hasSameSizeAs(agreed);
        for (int i = 0; i < agreed.size(); i++) {
            assertThat(queues.get(i).getName()).isEqualTo(agreed.get(i).path("brokerQueue").asString());
            assertThat(this.json.<JsonNode>valueToTree(queues.get(i).getArguments()))
                .isEqualTo(agreed.get(i).path("arguments"));
            assertThat(bindings.get(i).getDestination()).isEqualTo(queues.get(i).getName());
            assertThat(bindings.get(i).getRoutingKey()).isEqualTo(agreed.get(i).path("routingKey").asString());
            assertThat(BrokerTopology.jobCreated(agreed.get(i).path("queue").asString()))
                .isEqualTo(bindings.get(i).getRoutingKey());
        }
    }

}
