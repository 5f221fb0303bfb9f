package dev.jobprocessor.worker.jobs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of this worker.
 *
 * @param name who works on a job, as users see it; by default the host's name and the
 * process id
 * @param shutdownTimeout how long a stop waits for jobs in flight before they are
 * requeued
 * @param heartbeatInterval how often this worker is reported to the API, which takes it
 * for lost after 30 s
 */
@ConfigurationProperties("worker")
@Validated
record WorkSettings(@DefaultValue("") String name, @DefaultValue("30s") @DurationMin Duration shutdownTimeout,
        @DefaultValue("10s") @DurationMin(millis = 10) Duration heartbeatInterval) {

    WorkSettings {
        name = name.isBlank() ? host() + "-" + ProcessHandle.current().pid() : name;
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
