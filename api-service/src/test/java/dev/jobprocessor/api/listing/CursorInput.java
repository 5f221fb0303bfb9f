package dev.jobprocessor.api.listing;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.database.PageOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** A text read as the cursor of a page. */
public final class CursorInput {

    private CursorInput() {
    }

    public static void read(String text) {
        for (PageOrder order : PageOrder.values()) {
            read(text, order);
        }
    }

    private static void read(String text, PageOrder order) {
        try {
            PageCursor cursor = PageCursor.parse(text, order);
            assertThat(PageCursor.parse(cursor.text(order), order)).isEqualTo(cursor);
        }
        catch (PageCursor.Malformed ex) {
            // Answered with 400.
        }
    }

}
