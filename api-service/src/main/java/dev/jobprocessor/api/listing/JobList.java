package dev.jobprocessor.api.listing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists jobs, newest first, without their histories and large results. */
@Component
class JobList {

    private static final Sort NEWEST_FIRST = Sort.by(JobFields.CREATED_AT, JobFields.ID).descending();

    private final JobDocuments documents;

    private final Clock clock;

    JobList(JobDocuments documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    JobPage page(JobQuery query) {
        List<Criteria> search = (query.text() != null) ? JobSearch.criteria(query.text()) : List.of();
        if (query.text() != null && search.isEmpty()) {
            return new JobPage(List.of(), null);
        }
        Query oneMore = query(query, search).limit(query.limit() + 1);
        List<Job> jobs = this.documents.find(oneMore);
        if (jobs.size() <= query.limit()) {
            return new JobPage(jobs, null);
        }
        List<Job> page = jobs.subList(0, query.limit());
        return new JobPage(page, new PageCursor(page.getLast().createdAt(), page.getLast().id()));
    }

    private Query query(JobQuery query, List<Criteria> search) {
        Query mongoQuery = new Query().with(NEWEST_FIRST);
        mongoQuery.fields()
            .exclude(JobFields.WHOLE_RESULT, JobFields.HISTORY, JobFields.WORDS, JobFields.ATTEMPT_WORDS,
                    JobFields.SEARCHED_TEXT, JobFields.LABELS);
        if (query.submittedBy() != null) {
            mongoQuery.addCriteria(Criteria.where(JobFields.SUBMITTED_BY).is(query.submittedBy()));
        }
        if (!indexed(query).isEmpty()) {
            mongoQuery.addCriteria(Criteria.where(JobFields.STATUS).in(indexed(query)));
        }
        if (query.queue() != null) {
            mongoQuery.addCriteria(ofQueue(query.queue()));
        }
        List<Criteria> all = new ArrayList<>(search);
        all.addAll(query.filter().criteria(this.clock.instant()));
        if (query.after() != null) {
            mongoQuery.addCriteria(Criteria.where(JobFields.CREATED_AT).lte(query.after().time()));
            all.add(query.after().older(JobFields.CREATED_AT));
        }
        if (!all.isEmpty()) {
            mongoQuery.addCriteria(new Criteria().andOperator(all));
        }
        return mongoQuery;
    }

    /** All of them where the index of submitters has the status before the time. */
    private static Set<JobStatus> indexed(JobQuery query) {
        return (query.statuses().isEmpty() && query.submittedBy() != null) ? EnumSet.allOf(JobStatus.class)
                : query.statuses();
    }

    private static Criteria ofQueue(String queue) {
        return Criteria.where(JobFields.QUEUE).is(queue.equals(JobQueues.DEFAULT) ? null : queue);
    }

}
