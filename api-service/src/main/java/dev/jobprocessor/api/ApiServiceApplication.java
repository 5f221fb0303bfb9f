package dev.jobprocessor.api;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import dev.jobprocessor.api.shutdown.DrainingScheduler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Accepts jobs over HTTP, publishes them to the workers and records the results. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ApiServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(ApiServiceApplication.class, args);
    }

    /** Ticks in milliseconds, the precision that is stored and shown. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    /** For durations: no correction of the clock lengthens or ends a wait. */
    @Bean
    @Primary
    InstantSource monotonicTime() {
        Instant start = Instant.now();
        long nanoTime = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - nanoTime);
    }

    /**
     * Several threads, so that a relay that waits for the broker delays no other task.
     */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new DrainingScheduler();
        scheduler.setPoolSize(8);
        scheduler.setThreadNamePrefix("scheduling-");
        return scheduler;
    }

}
