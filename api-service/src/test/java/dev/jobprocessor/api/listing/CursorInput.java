package dev.jobprocessor.api.listing;

import dev.jobprocessor.api.database.PageCursor;

import static org.assertj.core.api.Assertions.assertThat;

/** A text read as the cursor of a page. */
public final class CursorInput {

    private CursorInput() {
    }

    public static void read(String text) {
        try {
            PageCursor cursor = PageCursor.parse(text);
            assertThat(PageCursor.parse(cursor.toString())).isEqualTo(cursor);
        }
        catch (PageCursor.Malformed ex) {
            // Answered with 400.
        }
    }

}
