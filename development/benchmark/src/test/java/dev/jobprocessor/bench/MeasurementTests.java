package dev.jobprocessor.bench;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MeasurementTests {

    @Test
    void oneValueIsShownAlone() {
        assertThat(measured(12.345)).isEqualTo("12.3 ms");
    }

    @Test
    void moreValuesAreShownAsTheirMedianAndRange() {
        assertThat(measured(3, 1, 2.5)).isEqualTo("2.50 ms (1 to 3)");
        assertThat(measured(1, 2)).isEqualTo("1.50 ms (1 to 2)");
    }

    @Test
    void aGoalIsMetByTheMedian() {
        assertThat(verdict(Goal.atMost(2), 2, 2, 9)).isEqualTo("yes");
        assertThat(verdict(Goal.atMost(2), 2.01)).isEqualTo("no");
        assertThat(verdict(Goal.atLeast(80), 80)).isEqualTo("yes");
        assertThat(verdict(Goal.atLeast(80), 79.9)).isEqualTo("no");
    }

    @Test
    void tableAndFileSayTheSame(@TempDir Path directory) throws Exception {
        Report report = new Report();
        Measurement measurement = Measurement.of("CPU", "ms", Goal.atMost(0.6));
        measurement.add(0.5, "raw");
        report.add(measurement);
        report.circumstance("cores", 2);
        report.write(directory.resolve("report.json"));
        assertThat(report.table()).contains("| CPU | 0.50 ms | ≤ 0.60 ms | yes |");
        JsonNode written = new JsonMapper().readTree(directory.resolve("report.json"));
        assertThat(written.get("cores").intValue()).isEqualTo(2);
        JsonNode line = written.get("figures").get(0);
        assertThat(line.get("median").doubleValue()).isEqualTo(0.5);
        assertThat(line.get("raw").get(0).stringValue()).isEqualTo("raw");
        assertThat(line.get("met").stringValue()).isEqualTo("yes");
    }

    private static String measured(double... values) {
        return of(Goal.atMost(1), values).measured();
    }

    private static String verdict(Goal goal, double... values) {
        return of(goal, values).verdict();
    }

    private static Measurement of(Goal goal, double... values) {
        Measurement measurement = Measurement.of("name", "ms", goal);
        for (double value : values) {
            measurement.add(value);
        }
        return measurement;
    }

}
