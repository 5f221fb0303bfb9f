package dev.jobprocessor.worker;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Processes jobs and reports their results to the webhook. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WorkerServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(WorkerServiceApplication.class, args);
    }

    /** The time of day, which is corrected now and then. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For durations: no correction of the clock lengthens or ends a wait. */
    @Bean
    @Primary
    InstantSource monotonicTime() {
        Instant start = Instant.now();
        long nanoTime = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - nanoTime);
    }

}
