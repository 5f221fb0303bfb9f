package dev.jobprocessor.worker.callback;

import java.time.Duration;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;

/** Metrics of webhook calls and of parked results. */
@Component
class CallbackMetrics {

    private static final Duration[] MILLIS = { Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
            Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10) };

    private final MeterRegistry registry;

    private final Counter parked;

    private final Counter unparked;

    CallbackMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.parked = Counter.builder("worker.callbacks.parked")
            .description("Results parked on the broker because the webhook was unavailable")
            .register(registry);
        this.unparked = Counter.builder("worker.callbacks.unparked")
            .description("Parked results that were reported later")
            .register(registry);
        for (Result result : Result.values()) {
            timer(result);
        }
    }

    Timer.Sample call() {
        return Timer.start(this.registry);
    }

    void record(Timer.Sample call, Result result) {
        call.stop(timer(result));
    }

    void parked() {
        this.parked.increment();
    }

    void unparked() {
        this.unparked.increment();
    }

    private Timer timer(Result result) {
        return Timer.builder("worker.callbacks")
            .description("Calls of the webhook")
            .tag("result", result.name().toLowerCase(Locale.ROOT))
            .serviceLevelObjectives(MILLIS)
            .register(this.registry);
    }

    /** Outcome of a call. */
    enum Result {

        SETTLED, REFUSED, FOREIGN, UNANSWERED

    }

}
