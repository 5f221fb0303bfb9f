package dev.jobprocessor.api.jobs;

import java.util.List;

/**
 * Another instance changed or deleted jobs; published inside this one.
 *
 * @param jobs as lists show them; not all, where it changed many, and none, as of the
 * others, where this one has no {@link JobAudience}
 * @param deleted ids
 * @param written ids of those of which it stored output; not all, where it was of many
 */
public record JobsChangedElsewhere(List<JobView> jobs, List<String> deleted, List<String> written) {
}
