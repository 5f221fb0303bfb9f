package dev.jobprocessor.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.client.ManagementClient;

/**
 * What is left to do once all processes are started: wait until they are ready, and have
 * published again what the broker's memory lost with the cluster before this one.
 */
record ClusterStart(ServiceProcess api, List<ServiceProcess> workers, Instant began, ClusterLog log) {

    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration REMINDER = Duration.ofSeconds(30);

    /** Returns when everything is ready; tries for as long as it is not interrupted. */
    void complete(ManagementClient management) throws InterruptedException {
        awaitReady(this.api, management);
        publishAgain(management);
        for (ServiceProcess worker : this.workers) {
            awaitReady(worker, management);
        }
    }

    private void awaitReady(ServiceProcess service, ManagementClient management) throws InterruptedException {
        Instant reminder = Instant.now().plus(REMINDER);
        while (!management.isReady(service.managementPort())) {
            if (Instant.now().isAfter(reminder)) {
                this.log.say("Still waiting for %s to be ready".formatted(service.name()));
                reminder = Instant.now().plus(REMINDER);
            }
            Thread.sleep(POLL);
        }
    }

    private void publishAgain(ManagementClient management) throws InterruptedException {
        while (!publishedAgain(management)) {
            Thread.sleep(RETRY);
        }
    }

    private boolean publishedAgain(ManagementClient management) throws InterruptedException {
        try {
            long jobs = management.redispatch(this.api.managementPort(), this.began);
            if (jobs > 0) {
                this.log.say("%d unfinished jobs of the last time are published again".formatted(jobs));
            }
            return true;
        }
        catch (IOException ex) {
            this.log.say("%s did not publish unfinished jobs again (%s); trying again in %d s"
                .formatted(this.api.name(), ex, RETRY.toSeconds()));
            return false;
        }
    }

}
