package dev.jobprocessor.worker.broker;

import java.util.List;

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
        for (JsonNode agreed : this.json.readTree(ExampleEvents.read("work-queues.json"))) {
            String name = agreed.path("queue").asString();
            JobQueue queue = name.equals("default") ? JobQueue.WORK : JobQueue.work(name);
            Declarables declared = JobQueue.declarations(List.of(queue));

            Queue work = declared.getDeclarablesByType(Queue.class).getFirst();
            assertThat(work.getName()).isEqualTo(agreed.path("brokerQueue").asString());
            assertThat(this.json.<JsonNode>valueToTree(work.getArguments())).isEqualTo(agreed.path("arguments"));
            Binding binding = declared.getDeclarablesByType(Binding.class).getFirst();
            assertThat(binding.getRoutingKey()).isEqualTo(agreed.path("routingKey").asString());
            assertThat(binding.getDestination()).isEqualTo(work.getName());
        }
    }

}
