package dev.jobprocessor.api.jobs;

import java.util.ArrayList;
import java.util.List;

import org.bson.types.ObjectId;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists jobs, newest first, without their histories and large results. */
@Component
class JobList {

    private static final Sort NEWEST_FIRST = Sort.by(JobFields.CREATED_AT, JobFields.ID).descending();

    private final JobDocuments documents;

    JobList(JobDocuments documents) {
        this.documents = documents;
    }

    JobPage page(JobQuery query) {
        Query oneMore = query(query).limit(query.limit() + 1);
        List<Job> jobs = this.documents.find(oneMore);
        if (jobs.size() <= query.limit()) {
            return new JobPage(jobs, null);
        }
        List<Job> page = jobs.subList(0, query.limit());
        return new JobPage(page, JobCursor.after(page.getLast()));
    }

    private static Query query(JobQuery query) {
        Query mongoQuery = new Query().with(NEWEST_FIRST);
        mongoQuery.fields().exclude(JobFields.WHOLE_RESULT, JobFields.HISTORY, JobFields.WORDS);
        if (!query.statuses().isEmpty()) {
            mongoQuery.addCriteria(Criteria.where(JobFields.STATUS).in(query.statuses()));
        }
        List<Criteria> all = new ArrayList<>();
        if (query.after() != null) {
            mongoQuery.addCriteria(Criteria.where(JobFields.CREATED_AT).lte(query.after().createdAt()));
            all.add(olderThan(query.after()));
        }
        if (query.text() != null) {
            all.addAll(containing(query.text()));
        }
        if (!all.isEmpty()) {
            mongoQuery.addCriteria(new Criteria().andOperator(all));
        }
        return mongoQuery;
    }

    private static Criteria olderThan(JobCursor cursor) {
        return new Criteria().orOperator(Criteria.where(JobFields.CREATED_AT).lt(cursor.createdAt()),
                Criteria.where(JobFields.ID).lt(new ObjectId(cursor.id())));
    }

    /**
     * Words consist of letters and digits: nothing in them means anything to a pattern.
     */
    private static List<Criteria> containing(String text) {
        return SearchWords.of(text).stream().map((word) -> Criteria.where(JobFields.WORDS).regex("^" + word)).toList();
    }

}
