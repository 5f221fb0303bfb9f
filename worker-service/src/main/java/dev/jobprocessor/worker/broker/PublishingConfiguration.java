package dev.jobprocessor.worker.broker;

import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

    /**
     * A broker short of memory or disk blocks whoever publishes: not the connection that
     * acknowledges.
     */
    @Bean
    RabbitTemplateCustomizer publishOnAConnectionOfItsOwn() {
        return (template) -> template.setUsePublisherConnection(true);
    }

}
