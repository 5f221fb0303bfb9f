package dev.jobprocessor.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.amqp.core.Message;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From the trace of a request to that of the job's message, however late it comes. */
@ApiIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class TracingIntegrationTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final Map<String, String> HEADERS = Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

    /** The same trace, another span, not recorded as nobody gets it. */
    private static final String CONTINUED = "00-" + TRACE + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-00";

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    @Qualifier("brokerProxy")
    private TcpProxy brokerProxy;

    @Test
    void goesOnToTheWorkers() {
        submit();

        assertThat(traceOf(this.work.takeMessage())).matches(CONTINUED);
    }

    @Test
    void beginsWithTheRequestWhereItHasNone() {
        this.api.submit("a");
        this.api.submit("b");

        List<String> traces = Stream.generate(this.work::takeMessage).limit(2).map(this::traceOf).toList();
        assertThat(traces).doesNotHaveDuplicates()
            .allSatisfy((trace) -> assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-02"));
    }

    @Test
    void outlivesTheBrokersAbsence() {
        this.brokerProxy.refuse();
        submit();
        double relayed = this.api.metric("jobs_relayed_total");
        await().untilAsserted(() -> assertThat(this.api.metric("jobs_outbox_oldest_age_seconds")).isPositive());

        this.brokerProxy.resume();

        assertThat(traceOf(this.work.takeMessage())).matches(CONTINUED);
        assertThat(this.api.metric("jobs_relayed_total")).isGreaterThan(relayed);
    }

    @Test
    void isThatOfEveryJobOfABatch() {
        this.api.post("/jobs/batch", List.of(Map.of("prompt", "a"), Map.of("prompt", "b")), HEADERS)
            .retrieve()
            .toBodilessEntity();

        assertThat(Stream.generate(this.work::takeMessage).limit(2).map(this::traceOf))
            .allSatisfy((trace) -> assertThat(trace).matches(CONTINUED));
    }

    @Test
    void isAnotherForAnotherAttempt() {
        String job = "/jobs/" + submit().get("id").stringValue();
        this.work.takeMessage();
        this.api.call(HttpMethod.POST, job + "/cancel");
        this.api.call(HttpMethod.POST, job + "/retry");

        assertThat(traceOf(this.work.takeMessage())).startsWith("00-").doesNotContain(TRACE);
    }

    @Test
    void staysWithAJobThatIsPublishedAgainOnCommand() {
        submit();
        String first = traceOf(this.work.takeMessage());
        await().untilAsserted(() -> assertThat(this.api.metric("jobs_outbox_depth")).isZero());
        await().until(this::redispatched);

        assertThat(traceOf(this.work.takeMessage())).isEqualTo(first);
    }

    @Test
    void isNamedByTheJobAlone() {
        JsonNode job = submit();

        assertThat(this.api.get("/jobs/" + job.get("id").stringValue()).retrieve().body(String.class))
            .contains("\"traceId\":\"" + TRACE + "\"")
            .doesNotContain("traceparent");
        assertThat(this.api.get("/jobs").retrieve().body(String.class)).doesNotContain(TRACE);
    }

    @Test
    void isInTheLinesOfARequest(CapturedOutput output) {
        this.api.post("/jobs/webhook/callback", Map.of(), HEADERS).retrieve().toBodilessEntity();

        assertThat(output.getOut().lines().filter((line) -> line.contains("A call from"))).singleElement()
            .asString()
            .containsPattern("\\[" + TRACE + "-[0-9a-f]{16}\\] ");
    }

    @Test
    void isInTheLinesOfADeadMessage(CapturedOutput output) {
        JobView job = this.api.submit("a");
        this.work.sendWith("job.dead", "{\"jobId\":\"%s\",\"attempt\":1}".formatted(job.id()),
                Map.of("reason", "Cursed.", "traceparent", Objects.requireNonNull(HEADERS.get("traceparent"))));

        await().untilAsserted(
                () -> assertThat(output.getOut().lines().filter((line) -> line.contains("finishes as FAILED")))
                    .singleElement()
                    .asString()
                    .containsPattern("\\[" + TRACE + "-[0-9a-f]{16}\\] "));
    }

    @Test
    void mayComeFromPagesOfOtherOrigins() {
        assertThat(this.api.preflight("/jobs", "traceparent").getHeaders().getAccessControlAllowHeaders())
            .contains("traceparent");
    }

    private JsonNode submit() {
        return Objects
            .requireNonNull(this.api.post("/jobs", Map.of("prompt", "a"), HEADERS).retrieve().body(JsonNode.class));
    }

    private boolean redispatched() {
        return Objects.requireNonNull(this.api.manage(HttpMethod.POST, "/actuator/redispatch").getBody())
            .get("jobs")
            .intValue() == 1;
    }

    private String traceOf(Message message) {
        return String.valueOf(message.getMessageProperties().<Object>getHeader("traceparent"));
    }

}
