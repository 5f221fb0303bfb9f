package dev.jobprocessor.api.submission;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.jobprocessor.api.jobs.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What a submitter may submit: a quota of jobs a minute, fixed minutes of the clock that
 * all instances share, and a number of PENDING ones. Where access is open there are no
 * submitters, and no limits.
 */
@Component
class SubmissionLimits {

    private static final int MINUTE_SECONDS = 60;

    private final Map<String, HeldQuota> quotas = new ConcurrentHashMap<>();

    private final TakenQuotas all;

    private final PendingLimit pending;

    private final int perMinute;

    private final Caller caller;

    private final Clock clock;

    private final RateLimitMetrics metrics;

    SubmissionLimits(TakenQuotas all, PendingLimit pending, SubmissionSettings settings, Caller caller, Clock clock,
            RateLimitMetrics metrics) {
        this.all = all;
        this.pending = pending;
        this.perMinute = settings.perMinute();
        this.caller = caller;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Takes what so many jobs of the caller need, which may turn out not to be new. */
    Permit take(int jobs) {
        String submitter = this.caller.name();
        long minute = minute();
        return (submitter != null) ? take(submitter, jobs, minute) : new Permit(null, minute, null);
    }

    private Permit take(String submitter, int jobs, long minute) {
        if (!this.pending.take(submitter, jobs)) {
            return new Permit(null, minute, RateLimited.pending(this.pending.limit()));
        }
        if (this.perMinute > 0 && !quota(submitter).take(jobs, minute, this.all)) {
            this.pending.giveBack(submitter, jobs);
            return new Permit(null, minute, RateLimited.minute(jobs, this.perMinute, headers(), secondsLeft()));
        }
        return new Permit(submitter, minute, null);
    }

    /** Returns what jobs that are not new, or not stored, did not need. */
    void giveBack(Permit permit, int jobs) {
        if (permit.submitter() != null && jobs > 0) {
            this.pending.giveBack(permit.submitter(), jobs);
            if (this.perMinute > 0) {
                quota(permit.submitter()).giveBack(jobs, permit.minute());
            }
        }
    }

    void refused(RateLimited refusal, int jobs) {
        this.metrics.refused(refusal.limit(), jobs);
    }

    /**
     * The quota and what is left of it, as <a href=
     * "https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/">
     * draft-ietf-httpapi-ratelimit-headers-11</a> describes; none where there is no
     * quota.
     */
    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        String submitter = this.caller.name();
        if (submitter != null && this.perMinute > 0) {
            headers.set("RateLimit-Policy", "\"submissions\";q=%d;w=%d".formatted(this.perMinute, MINUTE_SECONDS));
            headers.set("RateLimit",
                    "\"submissions\";r=%d;t=%d".formatted(quota(submitter).left(minute()), secondsLeft()));
        }
        return headers;
    }

    private HeldQuota quota(String submitter) {
        return this.quotas.computeIfAbsent(submitter, (name) -> new HeldQuota(name, this.perMinute));
    }

    private long minute() {
        return this.clock.instant().getEpochSecond() / MINUTE_SECONDS;
    }

    private long secondsLeft() {
        return MINUTE_SECONDS - this.clock.instant().getEpochSecond() % MINUTE_SECONDS;
    }

    @Scheduled(fixedDelay = MINUTE_SECONDS * 1000)
    void forgetWhoIsGone() {
        long minute = minute();
        this.quotas.values().removeIf((quota) -> quota.isOlderThan(minute));
    }

    /**
     * What a call has taken.
     *
     * @param submitter null where nothing was
     * @param refusal null where its jobs may be stored
     */
    record Permit(@Nullable String submitter, long minute, @Nullable RateLimited refusal) {
    }

}
