package dev.jobprocessor.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobResult;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Prometheus sees of what really happened. */
@ApiIntegrationTest
class MetricsIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    @Qualifier("brokerProxy")
    private TcpProxy brokerProxy;

    @Test
    void followsAJobFromSubmitToCompleted() {
        Increases increases = new Increases("jobs_submitted_total", "jobs_published_total", "jobs_started_total",
                "jobs_completed_total", "jobs_wait_seconds_count", "jobs_wait_seconds_bucket{le=\"+Inf\"}",
                "jobs_work_seconds_count", "jobs_completion_seconds_count");

        JobView job = this.api.submit("a");
        this.work.take();
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).startedAt()).isNotNull());
        this.api.callback(job.id(), 1, "COMPLETED", "r");
        this.api.callback(job.id(), 1, "COMPLETED", "r");

        await().untilAsserted(() -> assertThat(increases.now().values()).containsOnly(1.0));
    }

    @Test
    void countsStartsOnceThatArePublishedAfterTheReport() {
        Increases increases = new Increases("jobs_started_total", "jobs_wait_seconds_count");

        List.of("COMPLETED", "FAILED").forEach((status) -> {
            JobView quick = this.api.submit("quick");
            this.api.callback(quick.id(), 1, status, "r");
            this.work.started(quick.id(), 1, "worker-1");
        });
        this.work.started(this.api.submit("slow").id(), 1, "worker-1");

        await().untilAsserted(() -> assertThat(increases.now()).containsEntry("jobs_wait_seconds_count", 1.0)
            .containsEntry("jobs_started_total", 3.0));
    }

    @Test
    void tellsFailuresByTheirReason() {
        Increases increases = new Increases(failed("reported"), failed("report_refused"), failed("undeliverable"),
                failed("timed_out"));

        this.api.callback(this.api.submit("a").id(), 1, "FAILED", "no luck");
        this.api.callback(this.api.submit("d").id(), 1, "COMPLETED", "x".repeat(JobResult.MAX_BYTES + 1));
        this.work.send("job.dead", "{\"jobId\":\"%s\",\"attempt\":1}".formatted(this.api.submit("b").id()), "Cursed.");
        JobView late = this.api.submit("c");
        this.work.started(late.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(late.id()).startedAt()).isNotNull());
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(late.id())),
                Update.update(JobFields.DEADLINE, late.createdAt()), Job.class);

        await().untilAsserted(() -> assertThat(increases.now().values()).containsOnly(1.0));
    }

    @Test
    void countsWhatWasRefusedAndAcceptedLaterAsStartedAndCompletedOnce() {
        Increases increases = new Increases(failed("report_refused"), "jobs_started_total", "jobs_completed_total",
                "jobs_superseded_total", "jobs_completion_seconds_count");

        String job = this.api.submit("a").id();
        this.api.callback(job, 1, "COMPLETED", "x".repeat(JobResult.MAX_BYTES + 1));
        this.api.callback(job, 1, "COMPLETED", "x".repeat(JobResult.MAX_BYTES));

        assertThat(increases.now().values()).containsOnly(1.0);
    }

    @Test
    void countsWhatUsersDo() {
        Increases increases = new Increases("jobs_cancelled_total", "jobs_retried_total");

        String job = "/jobs/" + this.api.submit("a").id();
        this.api.call(HttpMethod.POST, job + "/cancel");
        this.api.call(HttpMethod.POST, job + "/retry");

        assertThat(increases.now().values()).containsOnly(1.0);
    }

    @Test
    void showsTheOutboxWhileTheBrokerIsUnavailable() {
        double relayed = this.api.metric("jobs_relayed_total");
        this.brokerProxy.refuse();
        this.api.submit("a");
        this.api.submit("b");

        await().untilAsserted(() -> assertThat(this.api.metric("jobs_outbox_depth")).isEqualTo(2));
        assertThat(this.api.metric("jobs_outbox_oldest_age_seconds")).isBetween(0.0, 60.0);
        await().untilAsserted(() -> assertThat(this.api.metric("jobs_pending")).isEqualTo(2));
        this.brokerProxy.resume();
        await().untilAsserted(() -> assertThat(this.api.metric("jobs_outbox_depth")).isZero());
        assertThat(this.api.metric("jobs_outbox_oldest_age_seconds")).isZero();
        assertThat(this.api.metric("jobs_relayed_total")).isGreaterThanOrEqualTo(relayed + 2);
        assertThat(this.api.metric("jobs_running")).isZero();
    }

    @Test
    void tellsRefusedCallbacksByTheirStatus() {
        this.api.callback("6925f0a1c3b2a40f5d1e7a01", 1, "COMPLETED", "r");

        // It is counted when the response is sent.
        await().untilAsserted(() -> assertThat(
                this.api.metric("http_server_requests_seconds_count{status=\"404\",uri=\"/jobs/webhook/callback\"}"))
            .isPositive());
    }

    @Test
    void showsTheClientsOfBrokerAndDatabase() {
        this.api.submit("a");

        assertThat(this.api.metric("rabbitmq_connections")).isPositive();
        assertThat(this.api.metric("mongodb_driver_commands_seconds_count{command=\"insert\"}")).isPositive();
        assertThat(this.api.metric("mongodb_driver_pool_size")).isPositive();
        assertThat(this.api.metric("jvm_threads_live_threads")).isPositive();
    }

    private static String failed(String reason) {
        return "jobs_failed_total{reason=\"%s\"}".formatted(reason);
    }

    /** How much counters grew since this was made: other tests share the context. */
    private final class Increases {

        private final Map<String, Double> before = new LinkedHashMap<>();

        Increases(String... series) {
            for (String one : series) {
                this.before.put(one, MetricsIntegrationTests.this.api.metric(one));
            }
        }

        Map<String, Double> now() {
            Map<String, Double> increases = new LinkedHashMap<>();
            this.before
                .forEach((one, value) -> increases.put(one, MetricsIntegrationTests.this.api.metric(one) - value));
            return increases;
        }

    }

}
