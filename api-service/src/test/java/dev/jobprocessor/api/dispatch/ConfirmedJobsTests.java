package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.dispatch.Outbox.SentJob;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class ConfirmedJobsTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final Outbox outbox = mock();

    private final ConfirmedJobs confirmed = new ConfirmedJobs(this.outbox, Clock.fixed(NOW, ZoneOffset.UTC),
            mock(DatabaseErrors.class));

    @Test
    void marksLaterWhatCouldNotBeMarked() {
        List<SentJob> jobs = List.of(new SentJob("1", 1, null), new SentJob("2", 1, null));
        willThrow(new DataAccessResourceFailureException("not primary")).willDoNothing()
            .given(this.outbox)
            .markSent(jobs, NOW);
        jobs.forEach(this.confirmed::add);
        this.confirmed.mark();
        this.confirmed.mark();
        this.confirmed.mark();
        then(this.outbox).should(times(2)).markSent(jobs, NOW);
        then(this.outbox).shouldHaveNoMoreInteractions();
    }

    @Test
    void marksTheLastWhenItStops() {
        List<SentJob> jobs = List.of(new SentJob("1", 1, null));
        jobs.forEach(this.confirmed::add);
        this.confirmed.stop();
        then(this.outbox).should().markSent(jobs, NOW);
    }

}
