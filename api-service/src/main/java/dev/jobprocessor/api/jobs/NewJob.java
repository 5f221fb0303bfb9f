package dev.jobprocessor.api.jobs;

import java.util.regex.Pattern;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a client submits.
 *
 * @param prompt trimmed as JavaScript's {@code trim()} does, then 1 to 5,000 UTF-16 code
 * units
 */
record NewJob(@NotNull(message = "{job.prompt.missing}") @Size(min = 1, max = NewJob.MAX_LENGTH,
        message = "{job.prompt.size}") @jakarta.validation.constraints.Pattern(regexp = NewJob.WHOLE_CHARACTERS,
                message = "{job.prompt.characters}") @Nullable String prompt) {

    static final int MAX_LENGTH = 5000;

    /** Half a surrogate pair cannot be stored or sent as UTF-8. */
    static final String WHOLE_CHARACTERS = "[^\\p{Cs}]*";

    private static final Pattern OUTER_SPACE = Pattern
        .compile("^[\\s\\p{Z}\\uFEFF\\u000B]+|[\\s\\p{Z}\\uFEFF\\u000B]+$");

    NewJob {
        prompt = (prompt != null) ? OUTER_SPACE.matcher(prompt).replaceAll("") : null;
    }

}
