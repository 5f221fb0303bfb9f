package dev.jobprocessor.api.submission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;

/**
 * The jobs that one call submits, and how many of them are stored so far. No stored job
 * is ever deleted to undo a call: another instance may have returned it to the same
 * client. A call that is stored in part is completed instead, by itself or by the client
 * that sends it again with its key.
 */
final class SubmitCall {

    /** How often one that is stored in part is tried to complete. */
    private static final int MAX_FAILURES = 3;

    private final List<NewDocument> documents;

    private final @Nullable IdempotencyKey key;

    private final String fingerprint;

    private final @Nullable RuntimeException objection;

    private final long bytes;

    private final @Nullable Job[] stored;

    private final List<Job> added = new ArrayList<>();

    private final CompletableFuture<Submission> end = new CompletableFuture<>();

    private int failures;

    private boolean refused;

    private boolean marked;

    /**
     * @param objection why nothing of it can be stored unless some of it already is
     */
    SubmitCall(List<NewDocument> documents, @Nullable IdempotencyKey key, String fingerprint,
            @Nullable RuntimeException objection) {
        this.documents = documents;
        this.key = key;
        this.fingerprint = fingerprint;
        this.objection = objection;
        this.bytes = documents.stream().mapToLong(NewDocument::bytes).sum();
        this.stored = new Job[documents.size()];
    }

    int jobs() {
        return this.documents.size();
    }

    long bytes() {
        return this.bytes;
    }

    /** All keys that its jobs have, and the next, which a longer call would have used. */
    Stream<String> keys() {
        return (this.key != null) ? IntStream.rangeClosed(0, jobs()).mapToObj(this.key::at) : Stream.empty();
    }

    /**
     * What is to be inserted next. The first job of a call with a key goes before the
     * others: whoever stores it decides what the key stands for.
     */
    Stream<NewDocument> due() {
        return duePositions().mapToObj(this.documents::get);
    }

    private IntStream duePositions() {
        int end = (this.key != null && isNothingStored()) ? 1 : jobs();
        return IntStream.range(0, end).filter((position) -> this.stored[position] == null);
    }

    /** Takes note of an insert of what was due; what did not fail is stored. */
    void inserted(Map<String, RuntimeException> failures) {
        RuntimeException failure = null;
        this.refused = false;
        for (int position : duePositions().toArray()) {
            Job job = this.documents.get(position).job();
            RuntimeException mine = failures.get(job.id());
            if (mine == null || (mine instanceof DuplicateKeyException && this.key == null)) {
                add(position, job); // without a key, only the id can be there already
            }
            else {
                failure = mine;
            }
        }
        if (failure instanceof DuplicateKeyException) {
            this.refused = true;
        }
        if (failure != null && (++this.failures == MAX_FAILURES || !(this.refused || !isNothingStored()))) {
            fail(failure);
        }
    }

    private void add(int position, Job job) {
        this.stored[position] = job;
        this.added.add(job);
    }

    /** Ends a call that came too late to be the first with its key. */
    void refuseUnlessKnown() {
        if (this.objection != null && isNothingStored()) {
            fail(this.objection);
        }
    }

    /** Whether some of its keys were there at the last insert. */
    boolean isRefused() {
        return this.refused && !hasEnded();
    }

    /** Takes note of what is stored under its keys. */
    void recall(Map<String, KnownJob> known) {
        IdempotencyKey key = Objects.requireNonNull(this.key);
        List<@Nullable KnownJob> found = new ArrayList<>();
        IntStream.range(0, jobs()).forEach((position) -> found.add(known.get(key.at(position))));
        if (found.stream().allMatch(Objects::isNull)) {
            return;
        }
        if (!isSame(found, known.containsKey(key.at(jobs())))) {
            fail(new IdempotencyConflict());
        }
        else if (found.contains(null) && isWhole(found.getFirst())) {
            fail(new JobsDeleted(ids(found)));
        }
        else {
            IntStream.range(0, jobs()).forEach((position) -> recall(position, found.get(position)));
            this.marked = isWhole(found.getFirst());
        }
    }

    private static List<@Nullable String> ids(List<@Nullable KnownJob> found) {
        List<@Nullable String> ids = new ArrayList<>();
        found.forEach((known) -> ids.add((known != null) ? known.job().id() : null));
        return ids;
    }

    private void recall(int position, @Nullable KnownJob known) {
        if (known != null && this.stored[position] == null) {
            Job own = this.documents.get(position).job();
            if (known.job().id().equals(own.id())) {
                add(position, own);
            }
            else {
                this.stored[position] = known.job();
            }
        }
    }

    private boolean isSame(List<@Nullable KnownJob> found, boolean longer) {
        KnownJob any = found.stream().filter(Objects::nonNull).findFirst().orElseThrow();
        return (any.fingerprint() != null) ? any.fingerprint().equals(this.fingerprint)
                : !longer && IntStream.range(0, jobs()).allMatch((position) -> isThatOf(found.get(position), position));
    }

    /** Earlier versions stored no fingerprints, and knew no options. */
    private boolean isThatOf(@Nullable KnownJob known, int position) {
        JobRequest request = this.documents.get(position).job().request();
        return known != null && request.equals(JobRequest.of(known.job().prompt()));
    }

    /** Others are stored after the first: where it is missing, it was deleted. */
    private static boolean isWhole(@Nullable KnownJob first) {
        return first == null || first.whole();
    }

    private boolean isNothingStored() {
        return Stream.of(this.stored).allMatch(Objects::isNull);
    }

    boolean isStored() {
        return !hasEnded() && Stream.of(this.stored).noneMatch(Objects::isNull);
    }

    /** The first job, where it has to be marked that all are stored. */
    Stream<String> unmarked() {
        return (this.key != null && jobs() > 1 && !this.marked) ? Stream.of(first().id()) : Stream.empty();
    }

    private Job first() {
        return Objects.requireNonNull(this.stored[0]);
    }

    void succeed() {
        this.end.complete(new Submission(Stream.of(this.stored).map(Objects::requireNonNull).toList(), this.added));
    }

    void fail(Throwable failure) {
        this.end.completeExceptionally(failure);
    }

    boolean hasEnded() {
        return this.end.isDone();
    }

    Submission await(Duration timeout) throws TimeoutException, InterruptedException {
        try {
            return this.end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        catch (ExecutionException ex) {
            throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
        }
    }

}
