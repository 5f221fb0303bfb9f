package dev.jobprocessor.api.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@ApiIntegrationTest
class JobInsertsIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private JobSubmissions submissions;

    @Autowired
    private MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(ints = { JobInserts.ENOUGH_JOBS, JobInserts.ENOUGH_JOBS + 1 })
    void insertsJobsOfManyCallsByFewCommands(int calls) throws Exception {
        long before = commands();
        List<Submission> submissions = atOnce(calls, (call) -> this.submissions.submit(List.of("job " + call), null));

        assertThat(commands() - before).isLessThan(calls / 2);
        for (int call = 0; call < calls; call++) {
            Job job = submissions.get(call).jobs().getFirst();
            assertThat(this.api.find(job.id()).prompt()).isEqualTo("job " + call);
        }
    }

    @Test
    void insertsOnceWhatIsRepeatedAtTheSameTime() throws Exception {
        List<Submission> submissions = atOnce(60, (call) -> {
            String key = "key-" + (call % 5);
            return this.submissions.submit(List.of("first of " + key, "second of " + key), key);
        });

        assertThat(submissions.stream().filter((submission) -> !submission.replayed())).hasSize(5);
        assertThat(submissions.stream().map((submission) -> ids(submission.jobs())).distinct()).hasSize(5);
    }

    @Test
    void refusesOneCallAndInsertsThoseBesideIt() throws Exception {
        this.submissions.submit(List.of("first"), "key");

        List<Boolean> accepted = atOnce(50, (call) -> {
            try {
                this.submissions.submit(List.of("job " + call), (call % 7 == 0) ? "key" : null);
                return true;
            }
            catch (IdempotencyConflict ex) {
                return false;
            }
        });

        assertThat(accepted).isEqualTo(IntStream.range(0, 50).mapToObj((call) -> call % 7 != 0).toList());
        assertThat(this.api.list("?limit=100").getBody()).hasSize(1 + 42);
    }

    private long commands() {
        return this.meters.find("mongodb.driver.commands")
            .tag("command", "insert")
            .timers()
            .stream()
            .mapToLong(Timer::count)
            .sum();
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
        for (Future<T> answer : answers) {
            made.add(answer.get());
        }
        return made;
    }

    private interface Call<T> {

        T make(int number) throws Exception;

    }

}
