package dev.jobprocessor.api.dispatch;

import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.amqp.rabbit.connection.Connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class BrokerVersionTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final BrokerVersion version = new BrokerVersion(mock(), this.meters);

    @Test
    void isThatOfTheLastConnectionAlone() {
        this.version.onCreate(connection(Map.of("product", "RabbitMQ", "version", "3.13.7")));
        this.version.onCreate(connection(Map.of("product", "RabbitMQ", "version", "4.0.5")));
        assertThat(this.meters.find("broker.version").gauges()).singleElement()
            .satisfies((gauge) -> assertThat(gauge.getId().getTag("version")).isEqualTo("4.0.5"));
    }

    @Test
    void isUnknownWhereTheBrokerDoesNotSay() {
        this.version.onCreate(connection(Map.of()));
        assertThat(this.meters.get("broker.version").gauge().getId().getTag("product")).isEqualTo("unknown");
    }

    private static Connection connection(Map<String, Object> broker) {
        com.rabbitmq.client.Connection delegate = mock();
        given(delegate.getServerProperties()).willReturn(broker);
        Connection connection = mock();
        given(connection.getDelegate()).willReturn(delegate);
        return connection;
    }

}
