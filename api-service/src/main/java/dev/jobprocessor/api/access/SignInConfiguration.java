package dev.jobprocessor.api.access;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.jobprocessor.api.database.CollectionIndexes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The sessions of the dashboard. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRequiredAccess
@EnableSpringHttpSession
@EnableConfigurationProperties(SessionSettings.class)
class SignInConfiguration {

    @Bean
    Sessions sessionRepository(MongoOperations mongo, SessionSettings settings, Clock clock) {
        return new Sessions(mongo, settings, clock);
    }

    /** The database deletes what has expired; the embedded one keeps it, unread. */
    @Bean
    CollectionIndexes sessionIndexes() {
        return new CollectionIndexes(Sessions.COLLECTION,
                List.of(new Index().on(Sessions.EXPIRES_AT, Direction.ASC).expire(Duration.ZERO)));
    }

    @Bean
    SessionCookie sessionCookie() {
        return new SessionCookie();
    }

    @Bean
    CsrfCookie csrfCookie() {
        return new CsrfCookie();
    }

    @Bean
    SessionContexts sessionContexts(ApiKeyAuthenticationProvider keys) {
        return new SessionContexts(keys);
    }

    /** At sign-in the session gets another id, and the page another token. */
    @Bean
    SessionAuthenticationStrategy signIn(CsrfCookie csrf) {
        return new CompositeSessionAuthenticationStrategy(
                List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(csrf)));
    }

    /** A call that waited for its job has its session again when it is served. */
    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<?>> sessionFilter(SessionRepositoryFilter<?> filter) {
        FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        return registration;
    }

    /** Sessions are read by filters, whose failures no controller reports. */
    @Bean
    @FilterRegistration(order = SessionRepositoryFilter.DEFAULT_ORDER - 1)
    Filter unreadSessions(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return new UnreadSessions(problems);
    }

}
