package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.result.UpdateResult;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.ThrowingConsumer;
import org.assertj.core.data.Percentage;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;

class QueueCountingTests {

    private static final Instant CREATED = Instant.parse("2026-11-24T09:30:00Z");

    private static final Instant STARTED = CREATED.plusSeconds(2);

    private static final Instant ENDED = STARTED.plusSeconds(5);

    private final MongoOperations mongo = mock();

    private final QueueCounting counting = new QueueCounting(this.mongo, new JobQueues(List.of()),
            Clock.fixed(ENDED, ZoneOffset.UTC), new DatabaseErrors(new SimpleMeterRegistry()));

    @Test
    void timesWaitAndRunApart() {
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.PENDING, null)));
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.COMPLETED, null)));
        QueueActivity activity = activity(stored());
        assertThat(activity.completed()).isEqualTo(1);
        assertThat(activity.waits()).isNotNull().extracting(JobStats.TimeToComplete::median).satisfies(near(2));
        assertThat(activity.runs()).isNotNull().extracting(JobStats.TimeToComplete::median).satisfies(near(5));
    }

    private static ThrowingConsumer<Object> near(double seconds) {
        return (value) -> assertThat((Double) value).isCloseTo(seconds, Percentage.withPercentage(6));
    }

    @Test
    void countsSoManyErrorCodesByName() {
        for (int i = 0; i < QueueCounting.MAX_CODES + 2; i++) {
            this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.FAILED, "code." + i)));
        }
        QueueActivity activity = activity(stored());
        assertThat(activity.failed()).isEqualTo(QueueCounting.MAX_CODES + 2);
        assertThat(activity.errors()).hasSize(QueueCounting.MAX_CODES + 1)
            .containsEntry("code.0", 1L)
            .containsEntry(QueueCounting.OTHERS, 2L);
    }

    @Test
    void storesInEachSeries() {
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.COMPLETED, null)));
        this.counting.store();
        for (Series series : Series.values()) {
            then(this.mongo).should().upsert(any(Query.class), any(Update.class), eq(series.collection()));
        }
    }

    @Test
    void keepsWhatIsNotStoredForTheNextTime() {
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.COMPLETED, null)));
        given(this.mongo.upsert(any(Query.class), any(Update.class), anyString()))
            .willThrow(new DataAccessResourceFailureException("unreachable"))
            .willReturn(UpdateResult.unacknowledged());
        this.counting.store();
        this.counting.store();
        for (Series series : Series.values()) {
            then(this.mongo).should(atLeast(1)).upsert(any(Query.class), any(Update.class), eq(series.collection()));
        }
    }

    @Test
    void countsNoQueueThatWasRemoved() {
        this.counting.changed(new JobChanged(JobStatus.PENDING, job(JobStatus.COMPLETED, null, "gone")));
        this.counting.store();
        then(this.mongo).shouldHaveNoInteractions();
    }

    private Map<String, Long> stored() {
        this.counting.store();
        ArgumentCaptor<Update> update = ArgumentCaptor.captor();
        then(this.mongo).should().upsert(any(Query.class), update.capture(), eq(Series.HOUR.collection()));
        Map<String, Long> counts = new HashMap<>();
        update.getValue()
            .getUpdateObject()
            .get("$inc", Document.class)
            .forEach((field, count) -> counts.put(field, (Long) count));
        return counts;
    }

    private static QueueActivity activity(Map<String, Long> counts) {
        Document stored = new Document();
        counts.forEach((field, count) -> {
            Document parent = stored;
            String[] names = field.split("\\.");
            for (String name : List.of(names).subList(1, names.length - 1)) {
                parent = (Document) parent.computeIfAbsent(name, (key) -> new Document());
            }
            parent.put(names[names.length - 1], count);
        });
        QueueActivity activity = new QueueActivity();
        activity.add(stored);
        return activity;
    }

    private static Job job(JobStatus status, @Nullable String errorCode) {
        return job(status, errorCode, "default");
    }

    private static Job job(JobStatus status, @Nullable String errorCode, String queue) {
        Job job = mock();
        given(job.queue()).willReturn(queue);
        given(job.status()).willReturn(status);
        given(job.errorCode()).willReturn(errorCode);
        given(job.waitingSince()).willReturn(CREATED);
        given(job.startedAt()).willReturn(STARTED);
        given(job.completedAt()).willReturn(ENDED);
        given(job.updatedAt()).willReturn(ENDED);
        return job;
    }

}
