package dev.jobprocessor.api.system;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsInForceTests {

    private static final String CANARY = "canary-7f3a";

    @Test
    void showsNoTextThatIsNotNamed() {
        Map<String, String> settings = new TreeMap<>();
        SettingsInForce.add("any", new Texts(CANARY, List.of(CANARY), Map.of("a", CANARY), CANARY.toCharArray(),
                URI.create("amqp://user:" + CANARY + "@host"), new Nested(CANARY, 3)), settings);
        assertThat(settings.toString()).doesNotContain(CANARY).doesNotContain("user");
        assertThat(settings).containsEntry("any.secret", SettingsInForce.MASKED)
            .containsEntry("any.nested.value", SettingsInForce.MASKED)
            .containsEntry("any.nested.times", "3");
    }

    @Test
    void showsWhatCannotBeASecret() {
        Map<String, String> settings = new TreeMap<>();
        SettingsInForce.add("any", new Plain(true, 7, Duration.ofSeconds(90), DataSize.ofMegabytes(1),
                List.of(Duration.ofDays(2), Duration.ofMillis(1500), Duration.ZERO), null, ""), settings);
        assertThat(settings).isEqualTo(Map.of("any.is-on", "true", "any.most", "7", "any.call-timeout", "90s",
                "any.memory", "1048576B", "any.delays", "2d,1500ms,0ms", "any.absent", SettingsInForce.ABSENT,
                "any.empty", SettingsInForce.ABSENT));
    }

    @Test
    void showsTheNamesOfQueues() {
        Map<String, String> settings = new TreeMap<>();
        SettingsInForce.add("jobs", new Queues(List.of("default", "llm")), settings);
        assertThat(settings).isEqualTo(Map.of("jobs.queues", "default,llm"));
    }

    record Texts(String secret, List<String> secrets, Map<String, String> pairs, char[] letters, URI uri,
            Nested nested) {
    }

    record Nested(String value, int times) {
    }

    record Plain(boolean isOn, int most, Duration callTimeout, DataSize memory, List<Duration> delays,
            @Nullable String absent, String empty) {
    }

    record Queues(List<String> queues) {
    }

}
