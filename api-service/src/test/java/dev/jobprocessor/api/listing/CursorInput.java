package dev.jobprocessor.api.listing;

import static org.assertj.core.api.Assertions.assertThat;

/** A text read as the cursor of a page. */
public final class CursorInput {

    private CursorInput() {
    }

    public static void read(String text) {
        try {
            JobCursor cursor = JobCursor.parse(text);
            assertThat(JobCursor.parse(cursor.toString())).isEqualTo(cursor);
        }
        catch (JobCursor.Malformed ex) {
            // Answered with 400.
        }
    }

}
