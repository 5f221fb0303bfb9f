package dev.jobprocessor.api.http;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionLimitTests {

    @ParameterizedTest
    @CsvSource({ "256, 4000, 1024", "460, 4000, 1840", "4096, 4000, 4000", "256, 100, 100" })
    void acceptsAsManyConnectionsAsAQuarterOfTheHeapBears(int heapMegabytes, int configured, int expected) {
        Connector connector = new Connector();
        AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
        protocol.setMaxConnections(configured);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        new ConnectionLimit(DataSize.ofMegabytes(heapMegabytes).toBytes()).customize(factory);
        factory.getConnectorCustomizers().forEach((customizer) -> customizer.customize(connector));
        assertThat(protocol.getMaxConnections()).isEqualTo(expected);
    }

}
