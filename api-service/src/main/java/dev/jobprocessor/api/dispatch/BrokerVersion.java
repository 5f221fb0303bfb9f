package dev.jobprocessor.api.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.stereotype.Component;

/** What the broker says that it is, when it is connected to, as a metric. */
@Component
class BrokerVersion implements ConnectionListener {

    private final MultiGauge version;

    BrokerVersion(ConnectionFactory connections, MeterRegistry registry) {
        this.version = MultiGauge.builder("broker.version")
            .description("1 for the product and the version that the broker had at the last connection")
            .register(registry);
        connections.addConnectionListener(this);
    }

    @Override
    public void onCreate(@Nullable Connection connection) {
        Map<String, Object> broker = Objects.requireNonNull(connection).getDelegate().getServerProperties();
        Tags tags = Tags.of("product", text(broker, "product"), "version", text(broker, "version"));
        this.version.register(List.of(MultiGauge.Row.of(tags, 1)), true);
    }

    private static String text(Map<String, Object> broker, String property) {
        return String.valueOf(broker.getOrDefault(property, "unknown"));
    }

}
