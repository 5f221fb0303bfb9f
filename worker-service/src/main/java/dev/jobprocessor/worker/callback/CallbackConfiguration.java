package dev.jobprocessor.worker.callback;

import java.time.Duration;

import dev.jobprocessor.worker.broker.JobQueue;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.QueueConsumerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {

    /** Each may hold a result of 1 MiB, which is copied to be sent. */
    private static final int PREFETCH = 10;

    /** A stop does not wait for the webhook: another worker takes over what is parked. */
    @Bean
    QueueConsumer parkedCallbacksConsumer(QueueConsumerFactory consumers, ParkedCallbacks parked) {
        return consumers.create(JobQueue.CALLBACKS, PREFETCH, Duration.ZERO, Callback.class, parked);
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("prod")
    static class Production {

        Production(CallbackSettings settings) {
            if (settings.secret().equals(CallbackSettings.DEFAULT_SECRET)) {
                throw new InvalidConfigurationPropertyValueException("worker.callback.secret", settings.secret(),
                        "The default secret is public. Set WEBHOOK_SECRET or WEBHOOK_SECRETS to the API's.");
            }
        }

    }

}
