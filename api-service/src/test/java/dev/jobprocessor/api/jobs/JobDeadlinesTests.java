package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseErrors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;

class JobDeadlinesTests {

    private static final Duration CHECK = Duration.ofSeconds(5);

    private static final JobSettings SETTINGS = new JobSettings(Duration.ofMinutes(15), Duration.ofDays(1), CHECK,
            CHECK.multipliedBy(4), new RetrySettings(1, RetryPolicy.EXPONENTIAL, CHECK, CHECK));

    private final Jobs jobs = mock();

    private long now;

    private final JobDeadlines deadlines = new JobDeadlines(this.jobs, SETTINGS,
            new DatabaseErrors(new SimpleMeterRegistry()), Clock.systemUTC(), () -> this.now);

    @BeforeEach
    void findNone() {
        given(this.jobs.overdue(anyInt())).willReturn(List.of());
    }

    @Test
    void judgesOnlyWhenReportsHadTimeToArriveSinceItsStart() {
        check(3, CHECK);
        then(this.jobs).should(never()).overdue(anyInt());
        check(1, CHECK);
        then(this.jobs).should().overdue(anyInt());
    }

    @Test
    void waitsAgainAfterItWasStopped() {
        check(4, CHECK);
        check(1, CHECK.multipliedBy(2).plusMillis(1));
        check(3, CHECK);
        then(this.jobs).should().overdue(anyInt());
        check(1, CHECK);
        then(this.jobs).should(times(2)).overdue(anyInt());
    }

    @Test
    void waitsAgainAfterTheDatabaseWasUnavailable() {
        given(this.jobs.overdue(anyInt())).willThrow(new DataAccessResourceFailureException("unreachable"));
        check(4, CHECK);
        reset(this.jobs);
        check(3, CHECK);
        then(this.jobs).should(never()).overdue(anyInt());
        check(1, CHECK);
        then(this.jobs).should().overdue(anyInt());
    }

    @Test
    void waitsAgainAfterTheBrokerWasUnavailable() {
        check(3, CHECK);
        this.deadlines.postpone();
        check(3, CHECK);
        then(this.jobs).should(never()).overdue(anyInt());
        check(1, CHECK);
        then(this.jobs).should().overdue(anyInt());
    }

    private void check(int times, Duration delay) {
        for (int i = 0; i < times; i++) {
            this.now += delay.toNanos();
            this.deadlines.timeOutOverdueJobs();
        }
    }

}
