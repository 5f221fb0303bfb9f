package dev.jobprocessor.api.dispatch;

import java.time.Duration;

import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.dao.DataAccessException;

/** How this service listens and publishes. */
@Configuration(proxyBeanMethods = false)
class BrokerListeners {

    private static final int BATCH = 200;

    private static final Duration FULL_BATCH = Duration.ofMillis(50);

    /**
     * RabbitMQ stops reading from connections that publish while it is short of memory;
     * listening must go on.
     */
    @Bean
    RabbitTemplateCustomizer publishOnAConnectionOfItsOwn() {
        return (template) -> template.setUsePublisherConnection(true);
    }

    @Bean
    SimpleRabbitListenerContainerFactory batches(SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = retrying(configurer, connections);
        factory.setBatchListener(true);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchSize(BATCH);
        factory.setPrefetchCount(2 * BATCH);
        factory.setBatchReceiveTimeout(FULL_BATCH.toMillis());
        return factory;
    }

    /** Listens to each message in its trace. */
    @Bean
    SimpleRabbitListenerContainerFactory untilStored(SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = retrying(configurer, connections);
        factory.setObservationEnabled(true);
        return factory;
    }

    private static SimpleRabbitListenerContainerFactory retrying(
            SimpleRabbitListenerContainerFactoryConfigurer configurer, ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setAdviceChain(RetryInterceptorBuilder.stateless()
            .retryPolicy(RetryPolicy.builder()
                .includes(DataAccessException.class)
                .maxRetries(Long.MAX_VALUE)
                .delay(Duration.ofMillis(200))
                .multiplier(2)
                .maxDelay(Duration.ofSeconds(5))
                .build())
            .build());
        return factory;
    }

}
