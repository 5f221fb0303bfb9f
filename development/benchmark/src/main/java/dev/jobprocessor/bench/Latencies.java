package dev.jobprocessor.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times that many threads take, to three digits. */
final class Latencies {

    private static final double[] PERCENTILES = { 50, 75, 90, 95, 99, 99.9, 100 };

    private final Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(10), 3);

    void add(long nanos) {
        this.micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    long count() {
        return this.micros.getTotalCount();
    }

    double milliseconds(double percentile) {
        return this.micros.getValueAtPercentile(percentile) / 1000.0;
    }

    /** In milliseconds. */
    Map<String, Object> raw() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("count", count());
        raw.put("mean", this.micros.getMean() / 1000);
        for (double percentile : PERCENTILES) {
            raw.put("p" + percentile, milliseconds(percentile));
        }
        return raw;
    }

}
