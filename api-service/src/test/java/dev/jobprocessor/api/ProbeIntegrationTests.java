package dev.jobprocessor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

@ApiIntegrationTest
class ProbeIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private HealthEndpointGroups groups;

    @Test
    @Timeout(60)
    void answersWhileVirtualThreadsComputeOnEveryCore() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        AtomicBoolean computing = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(cores);
        List<Thread> threads = new ArrayList<>();
        try {
            IntStream.range(0, cores).forEach((core) -> threads.add(Thread.startVirtualThread(() -> {
                begun.countDown();
                while (computing.get()) {
                    Thread.onSpinWait();
                }
            })));
            begun.await();
            assertThat(this.api.manage(HttpMethod.GET, "/actuator/health/liveness").getStatusCode().value())
                .isEqualTo(200);
        }
        finally {
            computing.set(false);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void livenessAndReadinessDependOnTasksAndSubmissions() {
        for (String group : List.of("liveness", "readiness")) {
            HealthEndpointGroup members = Objects.requireNonNull(this.groups.get(group));
            assertThat(List.of("threads", "tasks", "submissions")).allMatch(members::isMember);
        }
    }

}
