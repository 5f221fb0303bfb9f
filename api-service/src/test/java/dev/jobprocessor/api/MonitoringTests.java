package dev.jobprocessor.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What watches the services, what they export and the documentation agree. */
class MonitoringTests {

    private static final Path MONITORING = Path.of("../monitoring");

    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)\\R(?s:(?!- alert:).)*?runbook: (\\S+)");

    /** Exported by libraries and by the broker, made by Prometheus, or a rule. */
    private static final Pattern OF_OTHERS = Pattern
        .compile("(jvm|process|http_server|rabbitmq|mongodb_driver)_.*|up|ALERTS|\\w+:.*");

    private static final Pattern PARTS_WITHOUT_METRICS = Pattern
        .compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|on|group_left)\\s*\\([^)]*\\)");

    private static final Pattern METRIC = Pattern.compile("(?<!\\w)[a-zA-Z_][\\w:]*\\b(?!\\s*\\()");

    private static final Set<String> WORDS = Set.of("and", "or");

    @Test
    void hasASectionOfTheRunbookForEachAlert() {
        List<MatchResult> alerts = alerts();
        assertThat(alerts).hasSize(count(rules(), "- alert:"));
        assertThat(alerts).allSatisfy((alert) -> assertThat(alert.group(2))
            .isEqualTo("docs/runbook.md#" + alert.group(1).toLowerCase(Locale.ROOT)));
        List<String> sections = read(Path.of("../docs/runbook.md")).lines()
            .filter((line) -> line.startsWith("## "))
            .map((line) -> line.substring(3))
            .toList();
        assertThat(sections)
            .containsExactlyInAnyOrderElementsOf(alerts.stream().map((alert) -> alert.group(1)).toList());
    }

    @Test
    void testsThatEachAlertFiresAndThatItDoesNot() {
        String tests = read(MONITORING.resolve("prometheus/tests/rules.yml"));
        assertThat(alerts()).allSatisfy((alert) -> {
            assertThat(tests).contains("'" + alert.group(2) + "'");
            assertThat(tests).contains("alertname: %s, exp_alerts: []".formatted(alert.group(1)));
        });
    }

    @Test
    void watchesMetricsThatAreDocumentedAlone() {
        String documentation = read(Path.of("../docs/operations.md"));
        Set<String> unknown = new TreeSet<>();
        queries().flatMap(MonitoringTests::metrics)
            .map((metric) -> metric.replaceFirst("_(bucket|sum|count)$", ""))
            .filter((metric) -> !OF_OTHERS.matcher(metric).matches())
            .filter((metric) -> !documentation.contains("`" + metric + "`")
                    && !documentation.contains("`" + metric + "{"))
            .forEach(unknown::add);
        assertThat(unknown).isEmpty();
    }

    private static Stream<String> queries() {
        Stream<String> rules = Pattern.compile("expr: (.*)").matcher(rules()).results().map((rule) -> rule.group(1));
        return Stream.concat(rules, files(MONITORING.resolve("grafana/dashboards")).flatMap(MonitoringTests::queries));
    }

    private static Stream<String> queries(Path dashboard) {
        return new JsonMapper().readTree(read(dashboard))
            .path("panels")
            .valueStream()
            .flatMap((panel) -> panel.path("targets").valueStream())
            .map((target) -> target.path("expr").asString());
    }

    private static Stream<String> metrics(String query) {
        return METRIC.matcher(PARTS_WITHOUT_METRICS.matcher(query).replaceAll(" "))
            .results()
            .map(MatchResult::group)
            .filter((name) -> !WORDS.contains(name));
    }

    private static List<MatchResult> alerts() {
        return ALERT.matcher(rules()).results().toList();
    }

    private static String rules() {
        return files(MONITORING.resolve("prometheus/rules")).map(MonitoringTests::read)
            .collect(Collectors.joining("\n"));
    }

    private static int count(String text, String part) {
        return (int) Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
