package dev.jobprocessor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ServiceProcessIntegrationTests {

    /** What takes a moment, unless the machine is busy. */
    private static final Duration STOP = Duration.ofMinutes(1);

    private final RecordedLog log = new RecordedLog();

    @TempDir
    private Path directory;

    private @Nullable ServiceProcess process;

    @AfterEach
    void stop() {
        if (this.process != null) {
            this.process.stop(STOP);
        }
    }

    @Test
    void passesOnWhatTheServiceSays() throws IOException {
        ServiceProcess service = start("serve");
        this.log.awaitText("fake         | serving");
        assertThat(this.log.text()).contains("fake         | management at " + service.managementPort());
    }

    @Test
    void startsAKilledServiceAgain() throws IOException {
        start("serve");
        this.log.awaitText("serving");
        this.log.process("fake").destroyForcibly();
        this.log.awaitText("cluster      | fake ended with exit code 137; starting it again in 1 s");
        await().atMost(STOP).until(() -> this.log.processes("fake").size() == 2);
        assertThat(this.log.process("fake").isAlive()).isTrue();
    }

    @Test
    void waitsLongerEachTimeAServiceFails() throws IOException {
        start("fail");
        this.log.awaitText("fake ended with exit code 3; starting it again in 1 s");
        this.log.awaitText("fake ended with exit code 3; starting it again in 2 s");
    }

    @Test
    void saysWhyAServiceCannotBeStarted() {
        this.process = ServiceProcess.start(
                new Service("fake", this.directory.resolve("missing.jar"), false, List.of(), Map.of()), this.log.log());
        this.log.awaitText("fake could not be started (");
        this.log.awaitText("missing.jar); starting it again in 1 s");
    }

    @Test
    void hearsTheLastWordsOfAServiceThatItStops() throws IOException {
        ServiceProcess service = start("serve");
        this.log.awaitText("serving");
        service.stop(STOP);
        assertThat(this.log.text()).contains("fake         | goodbye").doesNotContain("starting it again");
        assertThat(this.log.processes("fake")).singleElement()
            .satisfies(id -> assertThat(ProcessHandle.of(id)).isEmpty());
    }

    @Test
    void killsAServiceThatDoesNotEndInTime() throws IOException {
        ServiceProcess service = start("deaf");
        this.log.awaitText("serving");
        service.stop(Duration.ofSeconds(1));
        assertThat(this.log.text()).contains("fake has not ended within 1 s and is killed");
        assertThat(this.log.processes("fake")).allSatisfy(id -> assertThat(ProcessHandle.of(id)).isEmpty());
    }

    @Test
    void leavesCtrlCToTheLauncher() throws IOException, InterruptedException {
        start("serve");
        this.log.awaitText("serving");
        ProcessHandle service = this.log.process("fake");
        assertThat(
                new ProcessBuilder("kill", "-INT", String.valueOf(service.pid())).start().waitFor(1, TimeUnit.MINUTES))
            .isTrue();
        await().during(Duration.ofMillis(500)).until(service::isAlive);
    }

    private ServiceProcess start(String conduct) throws IOException {
        ServiceProcess started = ServiceProcess.start(FakeService.conducting(conduct, this.directory), this.log.log());
        this.process = started;
        return started;
    }

}
