package dev.jobprocessor.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.WebhookAddresses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/** A test of controllers of jobs, without the database and the broker behind them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest(properties = "jobs.queues=llm,slow.reports_2-eu",
        includeFilters = @Filter(type = FilterType.REGEX, pattern = "dev.jobprocessor.api.http.JsonFormat"),
        excludeFilters = @Filter(type = FilterType.REGEX,
                pattern = "dev.jobprocessor.api.(callback|access|waits|bulk|failures).*"))
@EnableConfigurationProperties(JobQueues.class)
@Import({ Caller.class, WebhookAddresses.class, DatabaseErrors.class, SimpleMeterRegistry.class })
public @interface ControllerTest {

    @AliasFor(annotation = WebMvcTest.class, attribute = "controllers")
    Class<?>[] value();

}
