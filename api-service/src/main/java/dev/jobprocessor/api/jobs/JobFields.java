package dev.jobprocessor.api.jobs;

/**
 * Names of the stored fields that are written and asked for outside {@link Job}'s
 * mapping.
 */
public final class JobFields {

    public static final String ID = "_id";

    public static final String STATUS = "status";

    public static final String ATTEMPT = "attempt";

    /** Counts the updates of a job; absent before its first one by this release. */
    static final String VERSION = "version";

    /** What the client allows an attempt to take; absent where it named nothing. */
    static final String TIMEOUT_SECONDS = "timeoutSeconds";

    /** The client's {@link RetryPolicy}; absent where it named none. */
    static final String RETRY = "retry";

    /** How far the retry policy is, {@link JobTries}; absent until a try failed. */
    static final String TRIES = "tries";

    static final String CURRENT_TRY = TRIES + ".current";

    static final String LAST_ERROR_CODE = TRIES + ".errorCode";

    /** Absent where it is the default. */
    public static final String QUEUE = "queue";

    /** When a scheduled job is due for the first time; absent without a schedule. */
    public static final String RUN_AT = "runAt";

    public static final String EXPIRES_AT = "expiresAt";

    /**
     * Until when a worker may start the job for the first time; absent once one did or a
     * user retried it, and where the client named no {@link #EXPIRES_AT}.
     */
    public static final String START_BY = "startBy";

    public static final String CREATED_AT = "createdAt";

    public static final String UPDATED_AT = "updatedAt";

    public static final String STARTED_AT = "startedAt";

    public static final String WORKER = "worker";

    public static final String HISTORY = "history";

    /** How many refused reports the history records since the current attempt is. */
    static final String REFUSED_REPORTS = "refusedReports";

    /**
     * From when the relay publishes the job; the fast path publishes a new one at once.
     * Absent once a broker confirmed it.
     */
    public static final String DISPATCH_DUE = "dispatchDue";

    /** Which lease of a relay the job has; absent once a broker confirmed it. */
    public static final String DISPATCH_LEASE = "dispatchLease";

    /**
     * Until when the attempt was deferred last, or its retry delayed. A broker's confirm
     * of what was published before that is void.
     */
    public static final String NEXT_ATTEMPT_AT = "nextAttemptAt";

    /** Why the attempt was deferred last. */
    static final String DEFERRAL_REASON = "deferralReason";

    /** Since when this attempt has only been deferred, for whatever reasons. */
    static final String DEFERRED_SINCE = "deferredSince";

    /**
     * Until when this attempt is deferred for reasons that may last less long than
     * others; absent where its last deferral gave another one.
     */
    static final String GIVE_UP_AT = "giveUpAt";

    /**
     * Which handling of a delivery may work this attempt; absent unless it was claimed.
     */
    public static final String CLAIM = "claim";

    /** How many claims of its attempts were granted; absent without any. */
    static final String RUNS = "runs";

    /** How far this attempt is, a {@link JobProgress}. */
    public static final String PROGRESS = "progress";

    /** When a broker confirmed the job. */
    public static final String SENT_AT = "sentAt";

    /**
     * When a started job that was not reported is given up, one that was deferred and not
     * started since, or one that expires; absent where it is none of these.
     */
    public static final String DEADLINE = "deadline";

    public static final String COMPLETED_AT = "completedAt";

    public static final String RESULT = "result";

    public static final String WHOLE_RESULT = "result.whole";

    /** True where the result holds no JSON, else absent. */
    public static final String MALFORMED_RESULT = "result.malformed";

    static final String ERROR = "error";

    /** What a model used, a {@link JobUsage}; absent where nobody reported that. */
    static final String USAGE = "usage";

    public static final String ERROR_CODE = "errorCode";

    /** What FAILED jobs are grouped by, a {@link FailureSignature}. */
    public static final String FAILURE = "failure";

    /** The client's {@link JobWebhook}; absent where it named none. */
    public static final String WEBHOOK = "webhook";

    /** Present while the next end of the job is to be delivered to its webhook. */
    public static final String WEBHOOK_ARMED = "webhookArmed";

    /** What the end of the job renames it to, until its delivery is stored. */
    public static final String WEBHOOK_DUE = "webhookDue";

    /** Who submitted the job; absent where access was open. */
    public static final String SUBMITTED_BY = "submittedBy";

    static final String TRACEPARENT = "traceparent";

    /** The client's key and the prompt's place in the call, unique. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    /** Of the call that submitted the job; only with an idempotency key. */
    public static final String FINGERPRINT = "fingerprint";

    /** True on the first job of a batch with an idempotency key once all are stored. */
    public static final String BATCH_STORED = "batchStored";

    /** What filters find the job by, see {@link JobLabels}; absent without any. */
    public static final String LABELS = "labels";

    /** What a search finds the job by, see {@link SearchWords}. */
    public static final String WORDS = "words";

    /** The same of the current attempt's worker and error. */
    public static final String ATTEMPT_WORDS = "attemptWords";

    /** The prompt as a search reads it, where its words do not suffice. */
    public static final String SEARCHED_TEXT = "searchedText";

    private JobFields() {
    }

}
