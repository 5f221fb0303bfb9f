package dev.jobprocessor.api.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import com.mongodb.MongoBulkWriteException;
import org.bson.Document;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Inserts the jobs of calls that come at the same time by one command: what comes while
 * one is under way goes into the next (group commit). A burst so needs one connection and
 * few round trips, where each call's own insert would wait for one of many connections.
 */
@Component
class JobInserts {

    /** So many jobs, and no call is added to them: the database's time is bounded. */
    static final int ENOUGH_JOBS = 500;

    private final MongoOperations mongo;

    private final String collection;

    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean inserting = new AtomicBoolean();

    JobInserts(MongoOperations mongo) {
        this.mongo = mongo;
        this.collection = mongo.getCollectionName(Job.class);
    }

    /**
     * Inserts all or none, whatever becomes of other calls.
     * @throws DuplicateKeyException if an idempotency key is there
     * @throws DataAccessException if the database does not answer
     */
    void insert(List<Document> jobs) {
        Call call = new Call(jobs);
        this.waiting.add(call);
        if (this.inserting.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::insertWaiting);
        }
        call.await();
    }

    private void insertWaiting() {
        do {
            List<Call> calls = nextCalls();
            try {
                insertAll(calls);
            }
            catch (RuntimeException | Error ex) {
                calls.forEach((call) -> call.fail(ex));
            }
            this.inserting.set(false);
        }
        while (!this.waiting.isEmpty() && this.inserting.compareAndSet(false, true));
    }

    private List<Call> nextCalls() {
        List<Call> calls = new ArrayList<>();
        int jobs = 0;
        while (jobs < ENOUGH_JOBS && this.waiting.poll() instanceof Call call) {
            calls.add(call);
            jobs += call.jobs.size();
        }
        return calls;
    }

    private void insertAll(List<Call> calls) {
        int ended = 0;
        while (ended < calls.size()) {
            ended += insertUntilOneFails(calls.subList(ended, calls.size()));
        }
    }

    /**
     * Answers how many calls have ended. A command ends at the first job whose key is
     * there; so of calls with the same keys, whose first job came first, has all.
     */
    private int insertUntilOneFails(List<Call> calls) {
        try {
            this.mongo.insert(calls.stream().flatMap((call) -> call.jobs.stream()).toList(), this.collection);
            calls.forEach(Call::end);
            return calls.size();
        }
        catch (DuplicateKeyException ex) {
            int failed = callOf(firstRefused(ex), calls);
            calls.subList(0, failed).forEach(Call::end);
            fail(calls.subList(failed, failed + 1), ex);
            return failed + 1;
        }
        catch (RuntimeException ex) {
            fail(calls, ex);
            return calls.size();
        }
    }

    private static int firstRefused(DuplicateKeyException ex) {
        return (ex.getCause() instanceof MongoBulkWriteException bulk) ? bulk.getWriteErrors().getFirst().getIndex()
                : 0;
    }

    private static int callOf(int job, List<Call> calls) {
        int before = 0;
        for (int i = 0; i < calls.size(); i++) {
            before += calls.get(i).jobs.size();
            if (job < before) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no job " + job);
    }

    /** A command is stored in part where a key repeats or the server dies. */
    private void fail(List<Call> calls, RuntimeException failure) {
        List<Object> ids = calls.stream().flatMap((call) -> call.jobs.stream()).map((job) -> job.get("_id")).toList();
        try {
            this.mongo.remove(Query.query(Criteria.where(JobFields.ID).in(ids)), this.collection);
        }
        catch (DataAccessException ex) {
            // The caller is told of the failed insert, and a job that stays is worked
            // like any other.
        }
        calls.forEach((call) -> call.fail(failure));
    }

    /** What one caller inserts, and waits for. */
    private static final class Call {

        private final List<Document> jobs;

        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Call(List<Document> jobs) {
            this.jobs = jobs;
        }

        void end() {
            this.end.complete(null);
        }

        void fail(Throwable failure) {
            this.end.completeExceptionally(failure);
        }

        void await() {
            try {
                this.end.join();
            }
            catch (CompletionException ex) {
                throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
            }
        }

    }

}
