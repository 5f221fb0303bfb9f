package dev.jobprocessor.api.submission;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.submission.SubmissionLimits.Permit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

@ApiIntegrationTest
class SubmissionLimitsIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15.042Z");

    private static final String SUBMITTER = "key:orders";

    private final Clock clock = mock();

    private final Caller caller = mock();

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private DatabaseErrors errors;

    private TakenQuotas all;

    @BeforeEach
    void forgetWhatWasTaken() {
        this.mongo.remove(new Query(), TakenQuotas.COLLECTION);
        this.all = spy(new TakenQuotas(this.mongo, this.errors));
        given(this.clock.instant()).willReturn(NOW);
        given(this.caller.name()).willReturn(SUBMITTER);
    }

    @Test
    void takesTheQuotaOfAMinuteAndNotOneMore() {
        SubmissionLimits limits = instance(10, 0);
        assertThat(IntStream.range(0, 10).mapToObj((i) -> limits.take(1).refusal())).containsOnlyNulls();
        RateLimited refusal = limits.take(1).refusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.getBody().getDetail())
            .isEqualTo("You may submit 10 jobs a minute: please try again in 45 s.");
        assertThat(refusal.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("45");
        assertThat(refusal.getHeaders().getFirst("RateLimit")).isEqualTo("\"submissions\";r=0;t=45");
        given(this.clock.instant()).willReturn(NOW.plusSeconds(44));
        assertThat(limits.take(1).refusal()).isNotNull();
        given(this.clock.instant()).willReturn(NOW.plusSeconds(45));
        assertThat(limits.take(10).refusal()).isNull();
    }

    @Test
    void countsABatchByItsJobs() {
        SubmissionLimits limits = instance(10, 0);
        assertThat(Stream.of(8, 3, 2, 1).map((jobs) -> limits.take(jobs).refusal() == null)).containsExactly(true,
                false, true, false);
        assertThat(instance(10, 0).take(11).refusal()).isNotNull();
    }

    @Test
    void describesTheQuotaAndWhatIsLeftOfIt() {
        SubmissionLimits limits = instance(100, 0);
        limits.take(7);
        assertThat(limits.headers().getFirst("RateLimit-Policy")).isEqualTo("\"submissions\";q=100;w=60");
        assertThat(limits.headers().getFirst("RateLimit")).isEqualTo("\"submissions\";r=93;t=45");
        assertThat(instance(0, 10).headers()).isEqualTo(HttpHeaders.EMPTY);
    }

    @Test
    void sharesTheQuotaOverInstancesUnderUnevenLoad() {
        List<SubmissionLimits> instances = Stream.generate(() -> instance(600, 0)).limit(3).toList();
        Random random = new Random(1);
        long accepted = IntStream.range(0, 1200)
            .mapToObj((i) -> instances.get(Math.max(0, random.nextInt(20) - 17)))
            .filter((instance) -> instance.take(1).refusal() == null)
            .count();
        assertThat(accepted).isBetween(540L, 600L);
        then(this.all).should(atMost(53)).take(any(), anyLong(), anyInt(), anyInt(), anyInt());
    }

    @Test
    void sharesTheQuotaOverInstancesAtTheSameTime() throws Exception {
        List<SubmissionLimits> instances = Stream.generate(() -> instance(600, 0)).limit(3).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long accepted = threads
                .invokeAll(IntStream.range(0, 1200)
                    .<Callable<Permit>>mapToObj((i) -> () -> instances.get(i % 3).take(1))
                    .toList())
                .stream()
                .filter((call) -> call.resultNow().refusal() == null)
                .count();
            assertThat(accepted).isBetween(540L, 600L);
        }
    }

    @Test
    void leavesOtherSubmittersTheirOwnQuota() {
        SubmissionLimits limits = instance(1, 1);
        assertThat(limits.take(1).refusal()).isNull();
        given(this.caller.name()).willReturn("key:another");
        assertThat(limits.take(1).refusal()).isNull();
    }

    @Test
    void hasNoLimitsWhereAccessIsOpen() {
        given(this.caller.name()).willReturn(null);
        SubmissionLimits limits = instance(1, 1);
        assertThat(IntStream.range(0, 5).mapToObj((i) -> limits.take(1000).refusal())).containsOnlyNulls();
        assertThat(limits.headers()).isEqualTo(HttpHeaders.EMPTY);
    }

    @Test
    void givesBackWhatWasNotNeeded() {
        SubmissionLimits limits = instance(10, 10);
        Permit permit = limits.take(10);
        assertThat(limits.take(1).refusal()).isNotNull();
        limits.giveBack(permit, 4);
        assertThat(Stream.of(5, 4, 1).map((jobs) -> limits.take(jobs).refusal() == null)).containsExactly(false, true,
                false);
    }

    @Test
    void followsAnInstanceWhoseClockIsAhead() {
        SubmissionLimits ahead = instance(100, 0);
        SubmissionLimits behind = instance(100, 0);
        given(this.clock.instant()).willReturn(NOW.plusSeconds(45));
        assertThat(ahead.take(60).refusal()).isNull();
        given(this.clock.instant()).willReturn(NOW.plusSeconds(44));
        assertThat(behind.take(40).refusal()).isNull();
        assertThat(behind.take(1).refusal()).isNotNull();
    }

    @Test
    void refusesNobodyWhileTheDatabaseIsUnavailable() {
        MongoOperations unavailable = mock((call) -> {
            throw new DataAccessResourceFailureException("unavailable");
        });
        this.all = new TakenQuotas(unavailable, this.errors);
        SubmissionLimits limits = instance(10, 10, unavailable);
        assertThat(limits.take(1).refusal()).isNull();
    }

    @Test
    void countsPendingJobsInTheBackground() {
        PendingLimit pending = pending(3, this.mongo);
        store(JobStatus.PENDING, SUBMITTER);
        store(JobStatus.COMPLETED, SUBMITTER);
        store(JobStatus.PENDING, "key:another");
        store(JobStatus.PENDING, null);
        assertThat(Stream.of(3, 1, 1, 1).map((jobs) -> pending.take(SUBMITTER, jobs))).containsExactly(false, true,
                true, false);
        pending.recount();
        assertThat(Stream.of(3, 2, 1).map((jobs) -> pending.take(SUBMITTER, jobs))).containsExactly(false, true, false);
        this.mongo.updateMulti(Query.query(Criteria.where(JobFields.SUBMITTED_BY).is(SUBMITTER)),
                Update.update(JobFields.STATUS, JobStatus.COMPLETED), Job.class);
        pending.recount();
        assertThat(Stream.of(3, 1).map((jobs) -> pending.take(SUBMITTER, jobs))).containsExactly(true, false);
    }

    private void store(JobStatus status, @Nullable String submitter) {
        this.mongo.insert(new Document(JobFields.STATUS, status.name()).append(JobFields.SUBMITTED_BY, submitter),
                this.mongo.getCollectionName(Job.class));
    }

    private SubmissionLimits instance(int perMinute, int maxPending) {
        return instance(perMinute, maxPending, this.mongo);
    }

    private SubmissionLimits instance(int perMinute, int maxPending, MongoOperations mongo) {
        return new SubmissionLimits(this.all, pending(maxPending, mongo), settings(perMinute, maxPending), this.caller,
                this.clock, new RateLimitMetrics(new SimpleMeterRegistry()));
    }

    private PendingLimit pending(int maxPending, MongoOperations mongo) {
        return new PendingLimit(settings(0, maxPending), mongo, this.errors);
    }

    private static SubmissionSettings settings(int perMinute, int maxPending) {
        return new SubmissionSettings(2000, DataSize.ofMegabytes(32), perMinute, maxPending);
    }

}
