package dev.jobprocessor.api.access;

import java.time.Duration;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Access by what an OpenID provider issues. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcSettings.class)
class OidcConfiguration {

    private static final Duration KEYS_INTERVAL = Duration.ofSeconds(10);

    @Bean
    TokenClaims tokenClaims(OidcSettings settings) {
        return new TokenClaims(settings);
    }

    @Bean
    Issuer issuer(OidcSettings settings, TokenClaims claims) {
        return new Issuer(settings, claims, KEYS_INTERVAL, System::nanoTime);
    }

    @Bean
    AccessTokens accessTokens(OidcSettings settings, Issuer issuer, TokenClaims claims) {
        return new AccessTokens(settings, issuer, claims);
    }

}
