package dev.jobprocessor.api.listing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.filters.JobFilter;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobLabels;
import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;

import org.springframework.data.mongodb.core.query.Query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

class JobListTests {

    private static final Instant NOW = Instant.parse("2026-11-28T09:30:00Z");

    private static final String SUBMITTER = "key:ci";

    private final JobDocuments documents = mock();

    static Stream<JobQuery> ofASubmitter() {
        JobFilter all = JobFilter.ALL;
        return Stream.of(query(Set.of(), null, null, all, null),
                query(EnumSet.of(JobStatus.FAILED), null, null, all, null), query(Set.of(), "default", null, all, null),
                query(Set.of(), "llm", null, all, null), query(Set.of(), null, "haiku about queues", all, null),
                query(Set.of(), "llm", "5f", all, null),
                query(Set.of(), null, null, filter(true, null, null, null), null),
                query(Set.of(), null, null, filter(false, JobLabels.ofTag("urgent"), null, null), null),
                query(Set.of(), null, null, filter(false, null, "worker-1", null), null),
                query(Set.of(), null, null, filter(false, null, null, "timed_out"), null),
                query(Set.of(), null, null, new JobFilter(false, null, null, null, null, true, null, null), null),
                query(Set.of(), null, null, all, new PageCursor(NOW, "6925f0a1c3b2a40f5d1e7a01")).in(PageOrder.OLDEST),
                query(Set.of(), null, "haiku", all, new PageCursor(NOW, "6925f0a1c3b2a40f5d1e7a01")));
    }

    /**
     * By {@code submittedBy}, {@code status}, {@code createdAt} and {@code _id}: whatever
     * else is asked for, no more than the jobs of this submitter have to be read for it.
     */
    @ParameterizedTest
    @MethodSource("ofASubmitter")
    void asksForJobsOfASubmitterByTheirIndexInItsOrder(JobQuery query) {
        given(this.documents.find(any())).willReturn(List.of());

        new JobList(this.documents, Clock.fixed(NOW, ZoneOffset.UTC)).page(query);

        ArgumentCaptor<Query> asked = ArgumentCaptor.captor();
        then(this.documents).should().find(asked.capture());
        Document criteria = asked.getValue().getQueryObject();
        assertThat(criteria.get(JobFields.SUBMITTED_BY)).isEqualTo(SUBMITTER);
        Set<JobStatus> wanted = query.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : query.statuses();
        assertThat(criteria.get(JobFields.STATUS, Document.class)).isEqualTo(new Document("$in", wanted));
        int direction = (query.order() == PageOrder.NEWEST) ? -1 : 1;
        assertThat(asked.getValue().getSortObject())
            .isEqualTo(new Document(JobFields.CREATED_AT, direction).append("_id", direction));
        assertThat(asked.getValue().getLimit()).isEqualTo(query.limit() + 1);
    }

    private static JobQuery query(Set<JobStatus> statuses, @Nullable String queue, @Nullable String text,
            JobFilter filter, @Nullable PageCursor after) {
        return new JobQuery(10, statuses, queue, text, filter, SUBMITTER, PageOrder.NEWEST, after);
    }

    private static JobFilter filter(boolean scheduled, @Nullable String label, @Nullable String worker,
            @Nullable String errorCode) {
        return new JobFilter(scheduled, label, worker, errorCode, null, false, null, null);
    }

}
