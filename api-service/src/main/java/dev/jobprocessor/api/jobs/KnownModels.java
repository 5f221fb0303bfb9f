package dev.jobprocessor.api.jobs;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import org.springframework.stereotype.Component;

/**
 * The models that this instance counts by name. Reporters name models: further ones are
 * counted together.
 */
@Component
public class KnownModels {

    static final int MAX = 20;

    static final String OTHERS = "other";

    private final Set<String> names = new HashSet<>();

    /** The name to count by. */
    public synchronized String nameOf(JobUsage usage) {
        String model = Objects.requireNonNull(usage.model());
        boolean known = this.names.contains(model) || this.names.size() < MAX && this.names.add(model);
        return known ? model : OTHERS;
    }

}
