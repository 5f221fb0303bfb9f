package dev.jobprocessor.worker.callback;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

import dev.jobprocessor.worker.broker.BrokerTopology;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.QueueConsumers;

@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {

    private static final int PREFETCH = 50;

    /** A stop does not wait for the webhook: another worker takes over what is parked. */
    @Bean
    QueueConsumer parkedCallbacksConsumer(QueueConsumers consumers, ParkedCallbacks parked) {
        return consumers.of(BrokerTopology.CALLBACK_QUEUE, PREFETCH, Duration.ZERO, Callback.class, parked);
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("prod")
    static class Production {

        Production(CallbackSettings settings) {
            if (settings.secret().equals(CallbackSettings.DEFAULT_SECRET)) {
                throw new InvalidConfigurationPropertyValueException("worker.callback.secret", settings.secret(),
                        "The default secret is public. Set WEBHOOK_SECRET to the API's secret.");
            }
        }

    }

}
