package dev.jobprocessor.api.listing;

import java.util.List;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, in the order that was asked for.
 *
 * @param next where the next page starts; null on the last one
 */
record JobPage(List<Job> jobs, @Nullable PageCursor next) {
}
