package dev.jobprocessor.bench;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTests {

    private static final String TEXT = """
            # HELP commands_total Commands
            # TYPE commands_total counter
            commands_total{command="find",server="a,b"} 3.0
            commands_total{command="find",server="c"} 1.5E2
            commands_total{server="c",command="insert"} 7
            commands_total_max{command="find"} 99
            published_total 12
            """;

    private final Metrics metrics = new Metrics(TEXT);

    @Test
    void sumsOverAllLabels() {
        assertThat(this.metrics.sum("commands_total")).isEqualTo(160);
        assertThat(this.metrics.sum("published_total")).isEqualTo(12);
    }

    @Test
    void nothingCountedIsZero() {
        assertThat(this.metrics.sum("commands")).isZero();
    }

    @Test
    void sumsByOneLabel() {
        assertThat(this.metrics.by("commands_total", "command")).isEqualTo(Map.of("find", 153.0, "insert", 7.0));
    }

    @Test
    void tellsWhatWasCountedSince() {
        Metrics later = new Metrics(TEXT.replace("insert\"} 7", "insert\"} 9"));
        assertThat(later.since(this.metrics, "commands_total", "command"))
            .isEqualTo(Map.of("find", 0.0, "insert", 2.0));
    }

}
