package dev.jobprocessor.api.listing;

import java.time.Clock;
import java.util.List;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;

import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists jobs without their histories and large results. */
@Component
class JobList {

    private final JobDocuments documents;

    private final Clock clock;

    JobList(JobDocuments documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    JobPage page(JobQuery query) {
        if (query.findsNothing()) {
            return new JobPage(List.of(), null);
        }
        Query oneMore = query.ordered(this.clock.instant()).limit(query.limit() + 1);
        oneMore.fields()
            .exclude(JobFields.WHOLE_RESULT, JobFields.HISTORY, JobFields.WORDS, JobFields.ATTEMPT_WORDS,
                    JobFields.SEARCHED_TEXT, JobFields.LABELS);
        List<Job> jobs = this.documents.find(oneMore);
        if (jobs.size() <= query.limit()) {
            return new JobPage(jobs, null);
        }
        List<Job> page = jobs.subList(0, query.limit());
        return new JobPage(page, new PageCursor(page.getLast().createdAt(), page.getLast().id()));
    }

}
