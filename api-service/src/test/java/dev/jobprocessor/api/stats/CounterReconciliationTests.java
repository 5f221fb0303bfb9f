package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Objects;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.stats.CounterReconciliation.Round;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.mongodb.core.MongoOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class CounterReconciliationTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final JobCensus census = mock();

    private final MongoOperations mongo = mock();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final CounterReconciliation reconciliation = new CounterReconciliation(mock(), this.census, this.mongo,
            Clock.fixed(NOW, ZoneOffset.UTC), mock(DatabaseErrors.class), this.registry);

    @ParameterizedTest(name = "between {0} and {1}, {2} jobs: {3}")
    @CsvSource({ "5, 5, 5, 0", "5, 5, 7, 2", "5, 5, 3, -2", "5, 9, 7, 0", "9, 5, 7, 0", "5, 9, 12, 3", "9, 5, 1, -4" })
    void blamesTheCounterOnlyForWhatNoMoveInTheMeantimeExplains(long before, long after, long counted, long drift) {
        assertThat(new Round(JobStatus.PENDING, before, counted).drift(after)).isEqualTo(drift);
    }

    @ParameterizedTest
    @CsvSource({ "PENDING, COMPLETED", "COMPLETED, FAILED", "FAILED, CANCELLED", "CANCELLED, PENDING" })
    void countsTheStatusesOneAfterAnother(JobStatus last, JobStatus next) {
        turn(new Document("last", last.name()));
        assertThat(Objects.requireNonNull(this.reconciliation.begin()).status()).isEqualTo(next);
    }

    @Test
    void warnsOfACountThatDoesNotEndInTime(CapturedOutput output) {
        turn(new Document());
        given(this.census.count(JobStatus.PENDING)).willThrow(new QueryTimeoutException("too many"));
        assertThat(this.reconciliation.begin()).isNull();
        assertThat(output).contains("WARN", "The PENDING jobs could not be counted", NOW.toString(), "too many");
    }

    @Test
    void failsForWhatNoLaterCountChanges() {
        turn(new Document());
        given(this.census.count(JobStatus.PENDING)).willThrow(new InvalidDataAccessApiUsageException("no right"));
        assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(this.reconciliation::begin);
    }

    @Test
    void showsSinceWhenNotEveryCounterIsReconciled() {
        Document times = new Document();
        for (JobStatus status : JobStatus.values()) {
            times.append(status.name(), Date.from(NOW.minusSeconds(status.ordinal())));
        }
        turn(new Document("reconciled", times).append("next", Date.from(NOW.plus(Duration.ofHours(1)))));
        this.reconciliation.reconcile();
        assertThat(this.registry.get("jobs.counters.age").gauge().value()).isEqualTo(3);
    }

    private void turn(Document turn) {
        given(this.mongo.findOne(any(), eq(Document.class), eq(JobCounters.COLLECTION))).willReturn(turn);
    }

}
