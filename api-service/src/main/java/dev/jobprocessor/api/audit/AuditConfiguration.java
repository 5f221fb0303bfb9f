package dev.jobprocessor.api.audit;

import java.time.Clock;

import io.micrometer.tracing.Tracer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.context.SecurityContextHolderFilter;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /**
     * Around everything that authenticates, within what forgets who the caller was. In
     * open mode there are no callers to tell apart, and no audit log.
     */
    @Bean
    Customizer<HttpSecurity> auditedRequests(AuditLog log, RouteNames routes, Tracer tracer, Clock clock) {
        return (http) -> http.addFilterAfter(new AuditedRequests(log, routes, tracer, clock),
                SecurityContextHolderFilter.class);
    }

}
