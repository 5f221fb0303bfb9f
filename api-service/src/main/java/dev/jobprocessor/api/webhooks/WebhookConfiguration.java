package dev.jobprocessor.api.webhooks;

import java.util.concurrent.ThreadLocalRandom;

import dev.jobprocessor.api.jobs.WebhookAddresses;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    DnsResolver names() {
        return SystemDefaultDnsResolver.INSTANCE;
    }

    @Bean
    WebhookClient webhookClient(DeliverySettings settings, DnsResolver names, WebhookAddresses addresses) {
        return new WebhookClient(settings, names, addresses);
    }

    @Bean
    DeliverySchedule deliverySchedule(DeliverySettings settings) {
        return new DeliverySchedule(settings.retryDelays(), () -> ThreadLocalRandom.current().nextDouble());
    }

}
