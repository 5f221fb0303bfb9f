package dev.jobprocessor.api.stats;

import java.time.Instant;

import com.mongodb.client.result.UpdateResult;
import dev.jobprocessor.api.jobs.JobStatus;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class JobCountersTests {

    private static final Instant MINUTE = Instant.parse("2026-11-24T09:30:00Z");

    private final MongoOperations mongo = mock();

    private final JobCounters counters = new JobCounters(this.mongo);

    @Test
    void addsOnceThoughAnotherInstanceBeginsTheSameMinute() {
        given(this.mongo.upsert(any(Query.class), any(Update.class), eq(JobCounters.MINUTES)))
            .willThrow(new DuplicateKeyException("E11000"))
            .willReturn(UpdateResult.unacknowledged());
        JobTally tally = tally();
        this.counters.add(tally);
        assertThat(tally.isEmpty()).isTrue();
        then(this.mongo).should(times(2)).upsert(any(Query.class), any(Update.class), eq(JobCounters.MINUTES));
        then(this.mongo).should().upsert(any(Query.class), any(Update.class), eq(JobCounters.COLLECTION));
    }

    @Test
    void leavesInTheTallyOnlyWhatIsNotStored() {
        given(this.mongo.upsert(any(Query.class), any(Update.class), eq(JobCounters.MINUTES)))
            .willThrow(new DataAccessResourceFailureException("unreachable"));
        JobTally tally = tally();
        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> this.counters.add(tally));
        assertThat(tally.statuses()).isEmpty();
        assertThat(tally.minutes()).containsOnlyKeys(MINUTE);
    }

    private static JobTally tally() {
        JobTally tally = new JobTally();
        tally.add(JobStatus.COMPLETED, 3);
        tally.minuteOf(MINUTE).add(JobTally.Minute.COMPLETED, 3);
        return tally;
    }

}
