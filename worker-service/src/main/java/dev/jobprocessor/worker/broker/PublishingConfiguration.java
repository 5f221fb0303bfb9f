package dev.jobprocessor.worker.broker;

import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

    /**
     * A memory or disk alarm blocks connections that publish: acknowledgements go over
     * another.
     */
    @Bean
    RabbitTemplateCustomizer publishOnAConnectionOfItsOwn() {
        return (template) -> template.setUsePublisherConnection(true);
    }

}
