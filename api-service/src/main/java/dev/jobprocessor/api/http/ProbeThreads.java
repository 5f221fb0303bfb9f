package dev.jobprocessor.api.http;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Serves probes and scrapes by threads of the operating system. Virtual threads are not
 * preempted: while as many requests as there are cores parse their large bodies, no other
 * virtual thread would run. Configures the server of the management port alone, hence
 * listed as a management context configuration and no component.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ProbeThreads {

    /** The server has threads of its own where it is given none. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> ownThreads() {
        return (factory) -> factory.setThreadPool(null);
    }

}
