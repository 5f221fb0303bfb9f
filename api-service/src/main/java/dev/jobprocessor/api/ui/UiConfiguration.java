package dev.jobprocessor.api.ui;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

@Configuration(proxyBeanMethods = false)
class UiConfiguration {

    @Bean
    Dashboard dashboard(UiSettings settings, ResourceLoader files) {
        return new Dashboard(settings, files);
    }

}
