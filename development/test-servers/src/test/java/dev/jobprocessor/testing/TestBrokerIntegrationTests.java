package dev.jobprocessor.testing;

import org.junit.jupiter.api.Test;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.AmqpTemplate;
import org.springframework.amqp.core.AnonymousQueue;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@SpringBootTest(properties = "spring.rabbitmq.template.receive-timeout=10s")
class TestBrokerIntegrationTests {

    @Autowired
    private TcpProxy brokerProxy;

    @Autowired
    private AmqpAdmin admin;

    @Autowired
    private AmqpTemplate rabbit;

    @Test
    void messagesPassThroughTheProxy() {
        AnonymousQueue queue = new AnonymousQueue();
        this.admin.declareQueue(queue);
        this.rabbit.convertAndSend(queue.getName(), "hello");
        assertThat(this.rabbit.receiveAndConvert(queue.getName())).isEqualTo("hello");
    }

    @Test
    void brokerIsUnreachableWhileTheProxyRefuses() {
        this.brokerProxy.refuse();
        // An open connection is known to be cut only some time after.
        await().untilAsserted(() -> assertThatExceptionOfType(AmqpException.class)
            .isThrownBy(() -> this.rabbit.convertAndSend("any", "hello")));
        this.brokerProxy.resume();
        messagesPassThroughTheProxy();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(RabbitAutoConfiguration.class)
    @Import(TestBroker.class)
    static class Client {

    }

}
