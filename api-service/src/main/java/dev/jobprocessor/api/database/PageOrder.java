package dev.jobprocessor.api.database;

import java.util.Locale;

import org.springframework.data.domain.Sort;

/** In which order pages are read; one index serves both, from either of its ends. */
public enum PageOrder {

    NEWEST(Sort.Direction.DESC), OLDEST(Sort.Direction.ASC);

    /** The names of the orders, as clients write them. */
    public static final String NAMES = "newest|oldest";

    private final Sort.Direction direction;

    PageOrder(Sort.Direction direction) {
        this.direction = direction;
    }

    /** By one of the {@link #NAMES}. */
    public static PageOrder of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public Sort by(String timeField) {
        return Sort.by(this.direction, timeField, "_id");
    }

}
