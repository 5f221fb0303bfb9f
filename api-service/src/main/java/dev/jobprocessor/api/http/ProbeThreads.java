package dev.jobprocessor.api.http;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
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

    /** Tomcat has threads of its own where it is given no executor. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> ownThreads() {
        return (factory) -> factory.addProtocolHandlerCustomizers((protocol) -> protocol.setExecutor(null));
    }

}
