package dev.jobprocessor.api.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

class GroupCommitTests {

    private static final int MIB = 1 << 20;

    private final List<List<SubmitCall>> groups = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch database = new CountDownLatch(1);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void release() {
        this.database.countDown();
        this.clients.close();
    }

    @Test
    void storesTogetherWhatComesWhileAGroupIsStored() {
        GroupCommit commit = commit(Duration.ofMinutes(1), 20);
        CompletableFuture<Submission> first = submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        List<CompletableFuture<Submission>> others = submit(commit, 21, 0);
        // One is refused, so all the others are waiting.
        await().until(() -> others.stream().filter(CompletableFuture::isDone).count() == 1);
        this.database.countDown();
        assertThat(first.join().jobs()).hasSize(1);
        others.forEach((call) -> call.handle((jobs, failure) -> jobs).join());
        assertThat(this.groups).hasSize(2);
        assertThat(this.groups.getLast()).hasSize(20);
    }

    @Test
    void neverStoresACallWhoseTimeoutExpired() {
        GroupCommit commit = commit(Duration.ofSeconds(1), 100);
        CompletableFuture<Submission> stored = submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        SubmitCall late = call(1, 0);
        assertThatExceptionOfType(SubmissionUnavailable.class).isThrownBy(() -> commit.submit(late))
            .withMessageContaining("Nothing was accepted");
        assertThat(stored.handle((submission, failure) -> failure).join()).hasMessageContaining("did not respond");
        this.database.countDown();
        await().ignoreExceptions().until(() -> commit.submit(call(1, 0)).jobs().size() == 1);
        assertThat(this.groups.stream().flatMap(List::stream)).doesNotContain(late);
    }

    @Test
    void refusesAtOnceMoreThanMayWait() {
        GroupCommit commit = commit(Duration.ofMinutes(1), 10);
        submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        List<CompletableFuture<Submission>> waiting = submit(commit, 11, 0);
        await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 1);
        this.database.countDown();
        assertThat(waiting.stream().filter((call) -> call.handle((jobs, failure) -> failure == null).join()))
            .hasSize(10);
    }

    @Test
    void refusesAtOnceMoreBytesThanMayWait() {
        GroupCommit commit = commit(Duration.ofMinutes(1), 100);
        submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        List<CompletableFuture<Submission>> waiting = submit(commit, 9, MIB);
        await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 2);
        this.database.countDown();
        assertThat(waiting.stream().filter((call) -> call.handle((jobs, failure) -> failure == null).join()))
            .hasSize(7);
    }

    @Test
    void closesAGroupByItsBytes() {
        GroupCommit commit = commit(Duration.ofMinutes(1), 6);
        submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        List<CompletableFuture<Submission>> calls = submit(commit, 7, MIB);
        await().until(() -> calls.stream().filter(CompletableFuture::isDone).count() == 1);
        this.database.countDown();
        calls.forEach((call) -> call.handle((jobs, failure) -> jobs).join());
        assertThat(this.groups).hasSize(3);
        assertThat(this.groups.stream().mapToLong((group) -> group.stream().mapToLong(SubmitCall::bytes).sum()))
            .allMatch((bytes) -> bytes <= GroupCommit.MAX_BYTES);
    }

    @Test
    void closesAGroupByItsJobs() {
        GroupCommit commit = commit(Duration.ofMinutes(1), 2);
        submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        List<CompletableFuture<Submission>> full = Stream.generate(() -> submit(commit, call(GroupCommit.MAX_JOBS, 0)))
            .limit(3)
            .toList();
        await().until(() -> full.stream().filter(CompletableFuture::isDone).count() == 1);
        this.database.countDown();
        full.forEach((call) -> call.handle((jobs, failure) -> jobs).join());
        assertThat(this.groups).hasSize(3).allSatisfy((group) -> assertThat(group).hasSize(1));
    }

    @Test
    void knowsForHowLongAGroupHasBeenStored() {
        GroupCommit commit = commit(Duration.ofMinutes(1), 100);
        assertThat(commit.busy()).isZero();
        CompletableFuture<Submission> call = submit(commit, call(1, 0));
        await().until(() -> this.groups.size() == 1);
        Duration before = commit.busy();
        assertThat(before).isPositive();
        await().until(() -> commit.busy().compareTo(before) > 0);
        this.database.countDown();
        call.join();
        await().until(() -> commit.busy().isZero());
    }

    @Test
    void sharesAFailureWithAllOfAGroup() {
        GroupCommit commit = new GroupCommit((group) -> {
            throw new DataAccessResourceFailureException("unreachable");
        }, Duration.ofMinutes(1), settings(100));
        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> commit.submit(call(1, 0)));
        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> commit.submit(call(1, 0)));
    }

    @Test
    void anotherThreadStoresWhatComesAfterOneFailed() {
        SubmitCall broken = mock();
        willThrow(new StackOverflowError()).given(broken).fail(any());
        GroupCommit commit = new GroupCommit((group) -> {
            this.groups.add(group);
            if (group.contains(broken)) {
                throw new IllegalStateException("broken");
            }
            group.forEach(GroupCommitTests::store);
        }, Duration.ofMinutes(1), settings(100));
        commit.submit(broken);
        await().until(() -> this.groups.size() == 1);
        assertThat(commit.submit(call(1, 0)).jobs()).hasSize(1);
    }

    private static void store(SubmitCall call) {
        call.inserted(Map.of());
        call.succeed();
    }

    private GroupCommit commit(Duration timeout, int maxWaiting) {
        return new GroupCommit((group) -> {
            this.groups.add(group);
            try {
                this.database.await();
            }
            catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            group.forEach(GroupCommitTests::store);
        }, timeout, settings(maxWaiting));
    }

    private static SubmissionSettings settings(int maxWaiting) {
        return new SubmissionSettings(maxWaiting, DataSize.ofMegabytes(8), 0, 0);
    }

    private List<CompletableFuture<Submission>> submit(GroupCommit commit, int calls, int bytes) {
        List<CompletableFuture<Submission>> submissions = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            submissions.add(submit(commit, call(1, bytes)));
        }
        return submissions;
    }

    private CompletableFuture<Submission> submit(GroupCommit commit, SubmitCall call) {
        return CompletableFuture.supplyAsync(() -> commit.submit(call), this.clients);
    }

    private static SubmitCall call(int jobs, int bytes) {
        RawBsonDocument document = new RawBsonDocument(new BsonDocument("bytes", new BsonBinary(new byte[bytes])),
                new BsonDocumentCodec());
        List<NewDocument> documents = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            documents.add(new NewDocument(Job.submitted(JobRequest.of("a"), null, Instant.EPOCH, null), document));
        }
        return new SubmitCall(documents, null, "", null);
    }

}
