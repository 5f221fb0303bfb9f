package dev.jobprocessor.api.filters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.jobprocessor.api.jobs.JobLabels;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.ErrorResponseException;

/**
 * The parameters of which each needs an index of its own, so that one of them can be used
 * at a time.
 */
public record FilterParameters(MultiValueMap<String, String> all) {

    public static final String METADATA = "metadata.";

    private static final List<String> NAMES = List.of("q", "state", "tag", "worker", "errorCode", "failure", "result");

    /**
     * The label that is asked for.
     * @throws NotIndexed if there is more than one filter
     */
    @Nullable String label() {
        List<String> used = used();
        if (used.size() > 1) {
            throw new NotIndexed(used);
        }
        return used.stream().findFirst().flatMap(this::label).orElse(null);
    }

    private List<String> used() {
        List<String> used = new ArrayList<>();
        this.all.forEach((name, values) -> values.stream()
            .filter((value) -> name.startsWith(METADATA) || (NAMES.contains(name) && !value.isBlank()))
            .forEach((value) -> used.add(name)));
        return used;
    }

    private Optional<String> label(String name) {
        String value = this.all.getFirst(name);
        if (value == null || !(name.equals("tag") || name.startsWith(METADATA))) {
            return Optional.empty();
        }
        return Optional.of(name.equals("tag") ? JobLabels.ofTag(value)
                : JobLabels.ofPair(key(name.substring(METADATA.length())), value));
    }

    private static String key(String key) {
        if (!JobLabels.isKey(key)) {
            throw new UnknownKey();
        }
        return key;
    }

    static class UnknownKey extends ErrorResponseException {

        UnknownKey() {
            super(HttpStatus.BAD_REQUEST);
            setDetail("metadata. must be followed by a key that metadata can have.");
        }

    }

}
