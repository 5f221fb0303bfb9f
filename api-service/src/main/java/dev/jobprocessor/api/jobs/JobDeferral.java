package dev.jobprocessor.api.jobs;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A worker asks to hold an attempt back.
 *
 * @param delay how long, from now on
 * @param giveUpAfter how long an attempt may be deferred for such a reason alone; null
 * for as long as for any
 * @param reason a sentence for the user
 * @param claim the worker's claim of the attempt; null where an older worker, which does
 * not name it, or a workflow asks
 */
public record JobDeferral(Duration delay, @Nullable Duration giveUpAfter, String reason, @Nullable String claim) {
}
