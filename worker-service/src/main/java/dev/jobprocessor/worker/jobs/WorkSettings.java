package dev.jobprocessor.worker.jobs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

import dev.jobprocessor.worker.processing.Processor;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of this worker.
 *
 * @param name who works on a job, as users see it; by default the host's name and the
 * process id
 * @param prefetch how many jobs are in flight at once; by default what suits the
 * processor
 * @param shutdownTimeout how long a stop waits for jobs in flight before they are
 * requeued
 */
@ConfigurationProperties("worker")
@Validated
record WorkSettings(@DefaultValue("") String name, @Nullable @Min(1) @Max(65_535) Integer prefetch,
        @DefaultValue("30s") @DurationMin Duration shutdownTimeout) {

    WorkSettings {
        name = name.isBlank() ? host() + "-" + ProcessHandle.current().pid() : name;
    }

    int concurrency(Processor processor) {
        return (this.prefetch != null) ? this.prefetch : processor.concurrency();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        }
        catch (UnknownHostException ex) {
            return "worker";
        }
    }

}
