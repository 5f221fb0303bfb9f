package dev.jobprocessor.api.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import com.mongodb.MongoClientSettings;
import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDue;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobLabels;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.RequestTrace;
import dev.jobprocessor.api.jobs.SearchWords;
import dev.jobprocessor.api.jobs.SigningSecrets;
import dev.jobprocessor.api.submission.SubmissionLimits.Permit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Stores new jobs, together with the note that they wait to be published. */
@Component
class JobSubmissions {

    /** From this size on, calls are stored apart from the others: they take longer. */
    static final long LARGE_BYTES = 256 << 10;

    private static final DocumentCodec CODEC = new DocumentCodec(MongoClientSettings.getDefaultCodecRegistry());

    private final MongoConverter converter;

    private final GroupCommit small;

    private final GroupCommit large;

    private final SubmissionFingerprint fingerprint;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    private final RequestTrace trace;

    private final DispatchTimes dispatch;

    private final Caller caller;

    private final SubmissionLimits limits;

    private final SigningSecrets secrets;

    JobSubmissions(MongoConverter converter, JobInserter inserter, SubmissionFingerprint fingerprint,
            DatabaseSettings database, SubmissionSettings settings, ApplicationEventPublisher events, Clock clock,
            RequestTrace trace, DispatchTimes dispatch, SubmissionLimits limits, Caller caller,
            SigningSecrets secrets) {
        this.converter = converter;
        this.small = new GroupCommit(inserter::store, database.callTimeout(), settings);
        this.large = new GroupCommit(inserter::store, database.callTimeout(), settings);
        this.fingerprint = fingerprint;
        this.events = events;
        this.clock = clock;
        this.trace = trace;
        this.dispatch = dispatch;
        this.limits = limits;
        this.caller = caller;
        this.secrets = secrets;
    }

    /**
     * Stores all jobs, unless the database fails in between: then a call with the same
     * key stores the rest. Where a key comes again with the same jobs, returns the jobs
     * it made before.
     * @param jobs validated
     * @param idempotencyKey as the client sent it, quoted or not
     * @throws InvalidSchedules if some of new jobs cannot have their schedule
     * @throws NoSigningSecret if some of new jobs have a webhook and the caller no secret
     * @throws IdempotencyConflict if the key came before with other jobs
     * @throws JobsDeleted if some of the jobs that the key made are deleted
     * @throws SubmissionUnavailable if the jobs are not stored in time
     * @throws RateLimited if new jobs are more than the caller may submit now
     */
    Submission submit(List<JobRequest> jobs, @Nullable String idempotencyKey) {
        Permit permit = this.limits.take(jobs.size());
        int added = 0;
        try {
            Submission submission = submit(jobs, idempotencyKey, permit);
            added = submission.added().size();
            return submission;
        }
        catch (RateLimited ex) {
            this.limits.refused(ex, jobs.size());
            throw ex;
        }
        finally {
            this.limits.giveBack(permit, jobs.size() - added);
        }
    }

    /** What the caller may still submit, as fields of a response. */
    HttpHeaders limitHeaders() {
        return this.limits.headers();
    }

    /** Jobs that the key made before are returned, however many the caller may submit. */
    private Submission submit(List<JobRequest> jobs, @Nullable String idempotencyKey, Permit permit) {
        if (permit.refusal() != null && idempotencyKey == null) {
            throw permit.refusal();
        }
        Instant now = this.clock.instant();
        String submitter = this.caller.name();
        SubmitCall call = call(jobs, submitter, IdempotencyKey.parse(submitter, idempotencyKey), permit, now);
        Submission submission = ((call.bytes() < LARGE_BYTES) ? this.small : this.large).submit(call);
        submission.added().forEach((job) -> {
            this.events.publishEvent(new JobChanged(null, job));
            if (!job.request().schedule().isAhead(now)) {
                this.events.publishEvent(new JobDue(job, this.dispatch.relayFrom(now)));
            }
        });
        return submission;
    }

    /** For how long the oldest group has been stored; zero while there is none. */
    Duration busy() {
        return Collections.max(List.of(this.small.busy(), this.large.busy()));
    }

    private SubmitCall call(List<JobRequest> jobs, @Nullable String submitter, @Nullable IdempotencyKey key,
            Permit permit, Instant now) {
        String traceparent = this.trace.parent();
        String fingerprint = (key != null) ? this.fingerprint.of(jobs) : "";
        List<NewDocument> documents = new ArrayList<>(jobs.size());
        for (JobRequest submitted : jobs) {
            Job job = Job.submitted(submitted, submitter, now, traceparent);
            Document document = document(job, now);
            if (key != null) {
                document.append(JobFields.IDEMPOTENCY_KEY, key.at(documents.size()))
                    .append(JobFields.FINGERPRINT, fingerprint);
            }
            documents.add(new NewDocument(job, new RawBsonDocument(document, CODEC)));
        }
        return new SubmitCall(documents, key, fingerprint, objection(jobs, submitter, permit, now));
    }

    private @Nullable RuntimeException objection(List<JobRequest> jobs, @Nullable String submitter, Permit permit,
            Instant now) {
        if (permit.refusal() != null) {
            return permit.refusal();
        }
        InvalidSchedules invalid = InvalidSchedules.of(jobs, now);
        return (invalid == null && isSecretMissing(jobs, submitter)) ? new NoSigningSecret() : invalid;
    }

    private boolean isSecretMissing(List<JobRequest> jobs, @Nullable String submitter) {
        return jobs.stream().anyMatch((job) -> job.webhook() != null) && !this.secrets.existFor(submitter);
    }

    private Document document(Job job, Instant now) {
        Document document = new Document();
        this.converter.write(job, document);
        document.putAll(SearchWords.of(job.prompt(), job.id()));
        Set<String> labels = JobLabels.of(job.request());
        if (!labels.isEmpty()) {
            document.append(JobFields.LABELS, labels);
        }
        if (job.request().webhook() != null) {
            document.append(JobFields.WEBHOOK_ARMED, true);
        }
        if (job.startBy() != null) {
            document.append(JobFields.DEADLINE, job.startBy());
        }
        return document.append(JobFields.DISPATCH_DUE, due(job, now));
    }

    private Instant due(Job job, Instant now) {
        Instant runAt = job.request().runAt();
        return (runAt != null && runAt.isAfter(now)) ? runAt : this.dispatch.relayFrom(now);
    }

}
