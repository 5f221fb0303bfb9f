package dev.jobprocessor.api.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Who follows which job on this instance, such as calls that wait for its end.
 *
 * @param <T> equal to itself alone
 */
public final class JobFollowers<T> {

    /** How many jobs are looked up by one query. */
    public static final int BATCH = 1000;

    private final ConcurrentMap<String, Set<T>> followers = new ConcurrentHashMap<>();

    public void add(String id, T follower) {
        this.followers.compute(id, (same, others) -> {
            Set<T> all = (others != null) ? others : ConcurrentHashMap.newKeySet(1);
            all.add(follower);
            return all;
        });
    }

    public void remove(String id, T follower) {
        this.followers.computeIfPresent(id, (same, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    /** Those of one job. */
    public Set<T> of(String id) {
        return this.followers.getOrDefault(id, Set.of());
    }

    /** Calls all. */
    public void each(Consumer<T> action) {
        this.followers.values().forEach((same) -> same.forEach(action));
    }

    /** Passes the ids of all jobs that are followed, at most {@value #BATCH} at once. */
    public void lookUp(Consumer<List<String>> lookUp) {
        List<String> ids = new ArrayList<>(this.followers.keySet());
        for (int begin = 0; begin < ids.size(); begin += BATCH) {
            lookUp.accept(ids.subList(begin, Math.min(begin + BATCH, ids.size())));
        }
    }

}
