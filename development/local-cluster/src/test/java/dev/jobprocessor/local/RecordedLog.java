package dev.jobprocessor.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a cluster said so far. */
final class RecordedLog {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private final ClusterLog log = new ClusterLog(new PrintStream(this.output, true, StandardCharsets.UTF_8), false);

    ClusterLog log() {
        return this.log;
    }

    String text() {
        return this.output.toString(StandardCharsets.UTF_8);
    }

    /** Process ids of all the starts of a service, the latest last. */
    List<Long> processes(String service) {
        return matches("cluster +\\| %s is process ([0-9]+)".formatted(service)).map(Long::valueOf).toList();
    }

    ProcessHandle process(String service) {
        return ProcessHandle.of(processes(service).getLast()).orElseThrow();
    }

    void awaitText(String text) {
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(text()).contains(text));
    }

    private Stream<String> matches(String pattern) {
        return Pattern.compile(pattern).matcher(text()).results().map(result -> result.group(1));
    }

}
