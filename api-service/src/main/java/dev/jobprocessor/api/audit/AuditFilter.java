package dev.jobprocessor.api.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Which entries are wanted: those of one actor, action or target, as one index serves one
 * of them, within a range of time.
 *
 * @param since included
 * @param before not included
 * @throws NotIndexed if more than one of actor, action and target is given
 */
record AuditFilter(@Nullable String actor, @Nullable String action, @Nullable String target, @Nullable Instant since,
        @Nullable Instant before) {

    static final String ACTOR = "actor";

    static final String ACTION = "action";

    static final String TARGET = "target";

    AuditFilter {
        List<String> used = new ArrayList<>(named(actor, action, target).keySet());
        if (used.size() > 1) {
            throw new NotIndexed(used);
        }
    }

    List<Criteria> criteria() {
        List<Criteria> criteria = new ArrayList<>();
        named(this.actor, this.action, this.target)
            .forEach((field, value) -> criteria.add(Criteria.where(field).is(value)));
        if (this.since != null) {
            criteria.add(Criteria.where("at").gte(this.since));
        }
        if (this.before != null) {
            criteria.add(Criteria.where("at").lt(this.before));
        }
        return criteria;
    }

    private static Map<String, String> named(@Nullable String actor, @Nullable String action, @Nullable String target) {
        Map<String, String> named = new TreeMap<>();
        put(named, ACTOR, actor);
        put(named, ACTION, action);
        put(named, TARGET, target);
        return named;
    }

    private static void put(Map<String, String> named, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            named.put(field, value);
        }
    }

    /** Returned as 400. */
    static class NotIndexed extends ErrorResponseException {

        NotIndexed(List<String> filters) {
            super(HttpStatus.BAD_REQUEST);
            setDetail("No index serves %s together: use one of them, with since and before as needed."
                .formatted(String.join(" and ", filters)));
        }

    }

}
