package dev.jobprocessor.api.jobs;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param limit from 1 to {@value #MAX_LIMIT}
 * @param statuses empty for all
 * @param text words that each must begin a word of the prompt or of the id
 */
record JobQuery(int limit, Set<JobStatus> statuses, @Nullable String text, @Nullable JobCursor after) {

    static final int DEFAULT_LIMIT = 100;

    static final int MAX_LIMIT = 500;

    static final int MAX_TEXT_LENGTH = 200;

    static final JobQuery NEWEST = new JobQuery(DEFAULT_LIMIT, Set.of(), null, null);

}
