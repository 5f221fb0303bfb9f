package dev.jobprocessor.api.submission;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobRequests;
import dev.jobprocessor.api.jobs.RetryPolicy;
import dev.jobprocessor.api.jobs.RequestTrace;
import dev.jobprocessor.api.submission.SubmissionLimits.Permit;
import dev.jobprocessor.testing.TcpProxy;
import dev.jobprocessor.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

@ApiIntegrationTest
class JobSubmissionsIntegrationTests {

    @Test
    void replaysWholeBatchOfOneIdempotencyKey() {
        List<JobRequest> prompts = JobRequests.of("a", "b", "c");
        List<String> ids = this.submissions.submit(prompts, "key").jobs().stream().map(Job::id).toList();
        Submission again = this.submissions.submit(prompts, "key");
        assertThat(again.replayed()).isTrue();
        assertThat(again.jobs()).extracting(Job::id).isEqualTo(ids);
        assertThat(this.api.list("").getBody()).hasSize(3);
    }

    @Test
    void storesNothingOfBatchWhoseKeyCameBefore() {
        this.submissions.submit(JobRequests.of("a", "b"), "key");
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a", "x", "y"), "key"));
        assertThat(this.api.list("").getBody()).hasSize(2);
    }

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    private ApiClient api;

    @Autowired
    private JobSubmissions submissions;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private MongoConverter converter;

    @Autowired
    private JobInserter inserter;

    @Autowired
    private SubmissionFingerprint fingerprint;

    @Autowired
    private DatabaseSettings database;

    @Autowired
    private SubmissionSettings settings;

    @Autowired
    private RequestTrace trace;

    @Autowired
    private DispatchTimes dispatch;

    @Autowired
    private SubmissionLimits limits;

    @Autowired
    private Clock clock;

    @Autowired
    @Qualifier("databaseProxy")
    private TcpProxy databaseProxy;

    @ParameterizedTest
    @ValueSource(ints = { GroupCommit.MAX_JOBS, GroupCommit.MAX_JOBS + 1 })
    void insertsJobsOfManyCallsByFewCommands(int calls) throws Exception {
        long before = commands("insert");
        List<Submission> submissions = atOnce(calls,
                (call) -> this.submissions.submit(JobRequests.of("job " + call), null));

        assertThat(commands("insert") - before).isLessThan(calls / 2);
        for (int call = 0; call < calls; call++) {
            Job job = submissions.get(call).jobs().getFirst();
            assertThat(this.api.find(job.id()).request().prompt()).isEqualTo("job " + call);
        }
    }

    @Test
    void insertsOnceWhatIsRepeatedAtTheSameTime() throws Exception {
        List<Submission> submissions = atOnce(60, (call) -> {
            String key = "key-" + (call % 5);
            return this.submissions.submit(JobRequests.of("first of " + key, "second of " + key), key);
        });

        assertThat(submissions.stream().filter((submission) -> !submission.replayed())).hasSize(5);
        assertThat(submissions.stream().map((submission) -> ids(submission.jobs())).distinct()).hasSize(5);
    }

    @Test
    void refusesOneCallAndInsertsThoseBesideIt() throws Exception {
        this.submissions.submit(JobRequests.of("first"), "key");

        List<Boolean> accepted = atOnce(50, (call) -> {
            try {
                this.submissions.submit(JobRequests.of("job " + call), (call % 7 == 0) ? "key" : null);
                return true;
            }
            catch (IdempotencyConflict ex) {
                return false;
            }
        });

        assertThat(accepted).isEqualTo(IntStream.range(0, 50).mapToObj((call) -> call % 7 != 0).toList());
        assertThat(this.api.list("?limit=100").getBody()).hasSize(1 + 42);
    }

    @Test
    void replaysKnownKeysWithoutInsert() throws Exception {
        for (int call = 0; call < 100; call++) {
            this.submissions.submit(JobRequests.of("job " + call), "key-" + call);
        }
        long inserts = commands("insert");
        List<Submission> submissions = atOnce(500,
                (call) -> this.submissions.submit(JobRequests.of("job " + call % 100), "key-" + call % 100));
        assertThat(submissions).allMatch(Submission::replayed);
        assertThat(commands("insert")).isEqualTo(inserts);
    }

    @Test
    void keepsWhatWasInsertedThoughTheAnswerIsLost() throws Exception {
        this.submissions.submit(JobRequests.of("opens the connection"), null);
        try (MongoClient direct = MongoClients.create(TestDatabase.uri())) {
            String name = Objects.requireNonNull(new ConnectionString(TestDatabase.uri()).getDatabase());
            MongoCollection<Document> jobs = direct.getDatabase(name).getCollection("jobs");
            await().until(() -> jobs.countDocuments() == 1);
            this.databaseProxy.swallowAnswers();
            Future<Submission> call = this.clients
                .submit(() -> this.submissions.submit(JobRequests.of("a", "b"), null));
            await().until(() -> jobs.countDocuments() == 3);
            this.databaseProxy.cut();
            assertThat(call.get().jobs()).extracting(Job::prompt).containsExactly("a", "b");
            assertThat(call.get().added()).hasSize(2);
            // The service may count the database as unavailable for a moment more.
            assertThat(jobs.countDocuments()).isEqualTo(3);
        }
    }

    @Test
    void twoInstancesMakeTheSameBatchOnce() throws Exception {
        JobSubmissions other = new JobSubmissions(this.converter, this.inserter, this.fingerprint, this.database,
                this.settings, (event) -> {
                }, this.clock, this.trace, this.dispatch, this.limits, new Caller(), (submitter) -> true);
        for (int round = 0; round < 20; round++) {
            String key = "key-" + round;
            List<Submission> both = atOnce(2,
                    (call) -> ((call == 0) ? this.submissions : other).submit(JobRequests.of("a", "b", "c", "d"), key));
            assertThat(both.stream().filter((submission) -> !submission.replayed())).hasSize(1);
            assertThat(ids(both.getFirst().jobs())).hasSize(4).isEqualTo(ids(both.getLast().jobs()));
            assertThat(both.stream().flatMap((submission) -> submission.added().stream())).hasSize(4);
        }
    }

    @Test
    void completesWhatACrashedInstanceInsertedInPart() {
        Submission first = this.submissions.submit(JobRequests.of("a", "b", "c"), "key");
        remove(first.jobs().get(1));
        this.mongo.updateMulti(new Query(), new Update().unset(JobFields.BATCH_STORED), Job.class);
        Submission again = this.submissions.submit(JobRequests.of("a", "b", "c"), "key");
        assertThat(again.jobs()).extracting(Job::prompt).containsExactly("a", "b", "c");
        assertThat(again.jobs().getFirst().id()).isEqualTo(first.jobs().getFirst().id());
        assertThat(again.added()).containsExactly(again.jobs().get(1));
        assertThat(again.replayed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2 })
    void saysWhichJobOfABatchWasDeleted(int position) {
        Submission first = this.submissions.submit(JobRequests.of("a", "b", "c"), "key");
        remove(first.jobs().get(position));
        assertThatExceptionOfType(JobsDeleted.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a", "b", "c"), "key"))
            .withMessageContaining("made 3 jobs, of which 1 were deleted");
        assertThat(this.api.list("").getBody()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 4 })
    void refusesTheSameKeyWithFewerOrMorePrompts(int prompts) {
        this.submissions.submit(JobRequests.of("a", "b", "c"), "key");
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a", "b", "c", "d").subList(0, prompts), "key"));
        assertThat(this.api.list("").getBody()).hasSize(3);
    }

    @Test
    void takesQuotedAndBareKeyForTheSame() {
        Submission first = this.submissions.submit(JobRequests.of("a"), "\"key\"");
        assertThat(ids(this.submissions.submit(JobRequests.of("a"), "key").jobs())).isEqualTo(ids(first.jobs()));
    }

    @Test
    void replaysJobsThatAnEarlierReleaseStored() {
        Submission first = this.submissions.submit(JobRequests.of("a", "b"), "key");
        this.mongo.updateMulti(new Query(), new Update().unset(JobFields.FINGERPRINT).unset(JobFields.BATCH_STORED),
                Job.class);
        assertThat(ids(this.submissions.submit(JobRequests.of("a", "b"), "key").jobs())).isEqualTo(ids(first.jobs()));
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a"), "key"));
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a", "x"), "key"));
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a", "b", "c"), "key"));
    }

    @Test
    void storesTheLargestBatchByCommandsOfBoundedSize() {
        long before = commands("insert");
        Submission largest = this.submissions.submit(JobRequests.of(Collections.nCopies(1000, "東".repeat(5000))), null);
        assertThat(largest.added()).hasSize(1000);
        assertThat(commands("insert") - before).isGreaterThanOrEqualTo(1000L * 15_000 / BulkInserts.MAX_BYTES);
    }

    @Test
    void refusesTheSameKeyWithAnotherTimeout() {
        List<JobRequest> jobs = List.of(JobRequests.withTimeout("a", 60), JobRequest.of("b"));
        Submission first = this.submissions.submit(jobs, "key");
        assertThat(ids(this.submissions.submit(jobs, "key").jobs())).isEqualTo(ids(first.jobs()));
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a", "b"), "key"));
        assertThatExceptionOfType(IdempotencyConflict.class).isThrownBy(
                () -> this.submissions.submit(List.of(JobRequests.withTimeout("a", 61), JobRequest.of("b")), "key"));
    }

    @Test
    void refusesTheSameKeyWithAnotherRetryPolicy() {
        List<JobRequest> jobs = List.of(JobRequests.withRetry("a", new RetryPolicy(5, null, 10, null)));
        Submission first = this.submissions.submit(jobs, "key");
        assertThat(ids(this.submissions.submit(jobs, "key").jobs())).isEqualTo(ids(first.jobs()));
        assertThatExceptionOfType(IdempotencyConflict.class)
            .isThrownBy(() -> this.submissions.submit(JobRequests.of("a"), "key"));
        assertThatExceptionOfType(IdempotencyConflict.class).isThrownBy(() -> this.submissions
            .submit(List.of(JobRequests.withRetry("a", new RetryPolicy(5, null, 11, null))), "key"));
    }

    @Test
    void replaysACallThatComesAgainAfterItsTimes() {
        List<JobRequest> jobs = new Batch<>();
        jobs.add(
                JobRequests.scheduled("a", this.clock.instant().plusSeconds(60), this.clock.instant().plusSeconds(90)));
        jobs.add(JobRequest.of("b"));
        Submission first = this.submissions.submit(jobs, "key");
        JobSubmissions later = at(this.clock.instant().plusSeconds(3600));
        assertThat(ids(later.submit(jobs, "key").jobs())).isEqualTo(ids(first.jobs()));
        for (String key : new String[] { "other key", null }) {
            assertThatExceptionOfType(InvalidSchedules.class).isThrownBy(() -> later.submit(jobs, key))
                .withMessageContaining("[0].runAt must not be in the past; [0].expiresAt must be in the future");
        }
        assertThat(this.api.list("").getBody()).hasSize(2);
    }

    @Test
    void refusesTheSameKeyWithAnotherSchedule() {
        Instant runAt = this.clock.instant().plusSeconds(60);
        this.submissions.submit(List.of(JobRequests.scheduled("a", runAt, null)), "key");
        assertThatExceptionOfType(IdempotencyConflict.class).isThrownBy(
                () -> this.submissions.submit(List.of(JobRequests.scheduled("a", runAt.plusMillis(1), null)), "key"));
    }

    @Test
    void neitherCountsNorRefusesReplays() {
        Job job = this.submissions.submit(JobRequests.of("a"), "key").jobs().getFirst();
        SubmissionLimits limits = mock();
        Permit permit = new Permit("key:orders", 0, null);
        Permit refused = new Permit(null, 0, RateLimited.pending(1));
        given(limits.take(1)).willReturn(permit, refused);
        JobSubmissions limited = within(limits);
        for (int i = 0; i < 2; i++) {
            assertThat(limited.submit(JobRequests.of("a"), "key").jobs()).extracting(Job::id).containsExactly(job.id());
        }
        then(limits).should().giveBack(permit, 1);
        for (String key : Arrays.asList("another", null)) {
            assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> limited.submit(JobRequests.of("b"), key));
        }
        then(limits).should(times(2)).refused(any(), eq(1));
        assertThat(this.api.list("").getBody()).hasSize(1);
    }

    private JobSubmissions within(SubmissionLimits limits) {
        return new JobSubmissions(this.converter, this.inserter, this.fingerprint, this.database, this.settings,
                (event) -> {
                }, this.clock, this.trace, this.dispatch, limits, new Caller(), (submitter) -> true);
    }

    private JobSubmissions at(Instant now) {
        return new JobSubmissions(this.converter, this.inserter, this.fingerprint, this.database, this.settings,
                (event) -> {
                }, Clock.fixed(now, ZoneOffset.UTC), this.trace, this.dispatch, this.limits, new Caller(),
                (submitter) -> true);
    }

    private void remove(Job job) {
        this.mongo.remove(Query.query(Criteria.where("id").is(job.id())), Job.class);
    }

    private long commands(String command) {
        return this.meters.find("mongodb.driver.commands")
            .tag("command", command)
            .timers()
            .stream()
            .mapToLong(Timer::count)
            .sum();
    }

    @AfterEach
    void closeClients() {
        this.clients.close();
    }

    private static List<String> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }

    private static <T> List<T> atOnce(int calls, Call<T> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < calls; i++) {
                int number = i;
                answers.add(threads.submit(() -> {
                    start.await();
                    return call.make(number);
                }));
            }
            start.countDown();
        }
        List<T> made = new ArrayList<>();
        for (Future<T> response : answers) {
            made.add(response.get());
        }
        return made;
    }

    private interface Call<T> {

        T make(int number) throws Exception;

    }

}
