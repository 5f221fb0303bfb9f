package dev.jobprocessor.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.jobprocessor.api.jobs.TimedJobs;
import dev.jobprocessor.api.stats.NewCounters;
import dev.jobprocessor.testing.TestBroker;
import dev.jobprocessor.testing.TestDatabase;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * Runs the whole service on free ports, against a broker and a database behind proxies
 * that tests may cut. All such tests share one context; each finds it without jobs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "management.server.port=0", "webhook.secret=sesame", "access.mode=open",
                "dispatch.confirm-timeout=2s", "dispatch.relay-interval=50ms", "jobs.deadline-check=50ms",
                "jobs.deadline-grace=0s", "database.call-timeout=5s", "jobs.queues=llm",
                "server.forward-headers-strategy=native" })
@Import({ TestBroker.class, TestDatabase.class, ApiClient.class, WorkQueue.class, NewCounters.class, TimedJobs.class })
@ExtendWith(CleanServers.class)
public @interface ApiIntegrationTest {

}
