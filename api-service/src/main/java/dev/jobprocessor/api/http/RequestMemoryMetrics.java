package dev.jobprocessor.api.http;

import dev.jobprocessor.api.http.RequestMemory.Share;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/** Metrics of the memory that requests take. */
@Component
class RequestMemoryMetrics implements MeterBinder {

    private final RequestMemory memory;

    RequestMemoryMetrics(RequestMemory memory) {
        this.memory = memory;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind("small", this.memory.small(), registry);
        bind("large", this.memory.large(), registry);
        bind("page", this.memory.pages(), registry);
        bind("request", this.memory.requests(), registry);
    }

    private static void bind(String size, Share share, MeterRegistry registry) {
        Gauge.builder("requests.memory.used", share, Share::usedBytes)
            .description(
                    "Heap reserved for the bodies of requests, for jobs in responses and for the requests themselves")
            .baseUnit(BaseUnits.BYTES)
            .tag("size", size)
            .register(registry);
        Gauge.builder("requests.memory.max", share, Share::capacityBytes)
            .description("Maximum that can be reserved")
            .baseUnit(BaseUnits.BYTES)
            .tag("size", size)
            .register(registry);
        FunctionCounter.builder("requests.refused", share, Share::refused)
            .description("Requests refused with 503 for lack of memory")
            .tag("size", size)
            .register(registry);
    }

}
