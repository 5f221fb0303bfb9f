package dev.jobprocessor.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterLogTests {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void putsNamesInOneColumn() {
        ClusterLog log = new ClusterLog(new PrintStream(this.output), false);
        log.print("api-service", "Started");
        log.print("worker-1", "100 % done");
        log.say("Ready");
        assertThat(this.output.toString().lines()).containsExactly("api-service  | Started",
                "worker-1     | 100 % done", "cluster      | Ready");
    }

    @Test
    void givesEachNameAColourOfItsOwn() {
        ClusterLog log = new ClusterLog(new PrintStream(this.output), true);
        log.print("api-service", "Started");
        log.print("worker-1", "Started");
        log.print("api-service", "Stopped");
        assertThat(this.output.toString().lines()).containsExactly("\033[36mapi-service  | \033[0mStarted",
                "\033[33mworker-1     | \033[0mStarted", "\033[36mapi-service  | \033[0mStopped");
    }

}
