package dev.jobprocessor.api.workers;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ControllerTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.jobs.AttemptsInFlight;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.PausedQueues;
import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

@ControllerTest({ HeartbeatController.class, WorkerController.class })
@MockitoBean(types = WorkerSettings.class)
class HeartbeatControllerTests {

    private static final String WORKER = """
            {"name":"%s","version":"1","queues":[%s],"inFlight":1,"attempts":[%s],"stopping":false,"stopped":true}""";

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private DatabaseAvailability database;

    @MockitoBean
    private Workers workers;

    @MockitoBean
    private AttemptsInFlight attempts;

    @MockitoBean
    private PausedQueues paused;

    @Test
    void acceptsAsManyAttemptsAsThereMayBe() {
        assertThat(heartbeat(WORKER.formatted("w".repeat(255), "", attempts(1000)))).hasStatusOk();
        assertThat(heartbeat(WORKER.formatted("w", "", attempts(1001)))).hasStatus(400);
        assertThat(heartbeat(WORKER.formatted("w".repeat(256), "", ""))).hasStatus(400);
    }

    @Test
    void returnsWhatTheWorkerMustDo() throws Exception {
        given(this.workers.heard(any()))
            .willReturn(new Worker("worker-1", "1.2.3", List.of(), 2, List.of(), Instant.EPOCH, false, true, null));
        given(this.paused.readNames()).willReturn(Set.of("llm"));
        given(this.attempts.ended(any())).willReturn(List.of(new JobAttempt("6925f0a1c3b2a40f5d1e7a02", 3)));

        assertThat(heartbeat(ExampleEvents.read("heartbeat.json"))).hasStatusOk()
            .bodyJson()
            .isStrictlyEqualTo(ExampleEvents.read("instructions.json"));
    }

    private static String attempts(int count) {
        return IntStream.range(0, count)
            .mapToObj((i) -> "{\"jobId\":\"6925f0a1c3b2a40f5d1e%04d\",\"attempt\":1}".formatted(i))
            .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "inFlight":0,"version":"1","queues":[],"attempts":[]                        | name
            "inFlight":0,"name":"w","version":"1","attempts":[]                         | queues
            "inFlight":0,"name":"w","version":"1","queues":[null],"attempts":[]         | queues
            "inFlight":0,"name":"w","version":"1","queues":[],"attempts":[null]         | attempts
            "inFlight":0,"name":"w","version":"1","queues":[],"attempts":[{"attempt":1}] | jobId
            "inFlight":0,"name":"w","version":"1","queues":[],"attempts":[{"jobId":"1"}] | attempt
            "inFlight":-1,"name":"w","version":"1","queues":[],"attempts":[]            | inFlight
            "name":"w","version":"1","queues":[],"attempts":[]                          | inFlight
            """)
    void refusesWhatIsNoHeartbeat(String fields, String field) {
        MvcTestResult answer = heartbeat("{%s,\"stopping\":false,\"stopped\":false}".formatted(fields));

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains(field);
        then(this.workers).should(never()).heard(any());
    }

    @ParameterizedTest
    @CsvSource({ "GET, /workers", "POST, /workers/heartbeat", "POST, /workers/w/drain", "POST, /workers/w/resume" })
    void refusesCallsAtOnceWhileTheDatabaseIsKnownToBeUnavailable(HttpMethod method, String path) {
        given(this.database.isUnavailable()).willReturn(true);
        assertThat(this.mvc.method(method).uri(path)).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        then(this.workers).shouldHaveNoInteractions();
    }

    private MvcTestResult heartbeat(String body) {
        return this.mvc.post()
            .uri("/workers/heartbeat")
            .contentType(MediaType.APPLICATION_JSON)
            .content(body)
            .exchange();
    }

}
