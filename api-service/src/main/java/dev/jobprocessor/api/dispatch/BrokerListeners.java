package dev.jobprocessor.api.dispatch;

import java.time.Duration;

import dev.jobprocessor.api.database.DatabaseErrors;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.dao.DataAccessException;

/** Connection and listener containers of the broker. */
@Configuration(proxyBeanMethods = false)
class BrokerListeners {

    private static final int BATCH = 200;

    private static final Duration FULL_BATCH = Duration.ofMillis(50);

    private final DatabaseErrors databaseErrors;

    BrokerListeners(DatabaseErrors databaseErrors) {
        this.databaseErrors = databaseErrors;
    }

    /**
     * A memory alarm of RabbitMQ blocks connections that publish; listeners must go on.
     */
    @Bean
    static RabbitTemplateCustomizer publishOnAConnectionOfItsOwn() {
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

    /** Handles each message within its trace. */
    @Bean
    SimpleRabbitListenerContainerFactory untilStored(SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = retrying(configurer, connections);
        factory.setObservationEnabled(true);
        return factory;
    }

    private SimpleRabbitListenerContainerFactory retrying(SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setAdviceChain(untilStored(), (MethodInterceptor) this::reportFailure);
        return factory;
    }

    private static Advice untilStored() {
        return RetryInterceptorBuilder.stateless()
            .retryPolicy(RetryPolicy.builder()
                .includes(DataAccessException.class)
                .maxRetries(Long.MAX_VALUE)
                .delay(Duration.ofMillis(200))
                .multiplier(2)
                .maxDelay(Duration.ofSeconds(5))
                .build())
            .build();
    }

    @Nullable Object reportFailure(MethodInvocation delivery) throws Throwable {
        try {
            return delivery.proceed();
        }
        catch (RuntimeException ex) {
            if (ex.getCause() instanceof DataAccessException failure) {
                this.databaseErrors.report("A message is retried until it is stored", failure);
            }
            throw ex;
        }
    }

}
