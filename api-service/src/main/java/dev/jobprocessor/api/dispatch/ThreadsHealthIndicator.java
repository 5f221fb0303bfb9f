package dev.jobprocessor.api.dispatch;

import java.time.Duration;
import java.time.InstantSource;

import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * An instance whose dispatcher or listener has stopped, or whose dispatcher is stuck,
 * needs a restart.
 */
@Component
class ThreadsHealthIndicator extends AbstractHealthIndicator {

    /** Longer than any timeout of the connection to the broker. */
    static final Duration STUCK = Duration.ofMinutes(2);

    private final JobDispatcher dispatcher;

    private final BrokerAlarm alarm;

    private final RabbitListenerEndpointRegistry listeners;

    private final InstantSource time;

    ThreadsHealthIndicator(JobDispatcher dispatcher, BrokerAlarm alarm, RabbitListenerEndpointRegistry listeners,
            InstantSource time) {
        this.dispatcher = dispatcher;
        this.alarm = alarm;
        this.listeners = listeners;
        this.time = time;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean listening = this.listeners.getListenerContainers()
            .stream()
            .allMatch((container) -> container.isRunning());
        builder.status((this.dispatcher.isAlive() && !isStuck() && listening) ? Status.UP : Status.DOWN)
            .withDetail("dispatcher", this.dispatcher.isAlive() ? (isStuck() ? "stuck" : "alive") : "ended")
            .withDetail("listening", listening);
    }

    /**
     * A broker with an alarm may block a publisher for hours: a restart would not help.
     */
    private boolean isStuck() {
        return !this.alarm.isRaised() && this.dispatcher.lastPoll().plus(STUCK).isBefore(this.time.instant());
    }

}
