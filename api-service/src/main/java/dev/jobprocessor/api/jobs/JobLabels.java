package dev.jobprocessor.api.jobs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a client marks its jobs with to find them again: tags, and pairs of metadata. Both
 * are indexed as one text each.
 */
public final class JobLabels {

    static final int MAX_TAGS = 10;

    static final int MAX_PAIRS = 16;

    static final int MAX_LENGTH = 64;

    static final int MAX_VALUE_LENGTH = 512;

    private static final Pattern TAG = Pattern.compile("[^\\p{Cs}\\p{Cc}]{1," + MAX_LENGTH + "}");

    /** MongoDB gives points and dollars a meaning in names. */
    private static final Pattern KEY = Pattern.compile("[^\\p{Cs}\\p{Cc}.$=]{1," + MAX_LENGTH + "}");

    private JobLabels() {
    }

    /** The index entry of a pair; no key has the sign between. */
    public static String ofPair(String key, String value) {
        return key + "=" + value;
    }

    /** The index entry of a tag, which no pair has: no key is empty. */
    public static String ofTag(String tag) {
        return ofPair("", tag);
    }

    /** All index entries of a job. */
    public static Set<String> of(JobRequest request) {
        Set<String> labels = new LinkedHashSet<>();
        Objects.requireNonNullElse(request.tags(), List.<String>of()).forEach((tag) -> labels.add(ofTag(tag)));
        Objects.requireNonNullElse(request.metadata(), Map.<String, String>of())
            .forEach((key, value) -> labels.add(ofPair(key, value)));
        return labels;
    }

    private static boolean isTag(@Nullable String tag) {
        return tag != null && hasLength(tag, MAX_LENGTH) && TAG.matcher(tag).matches();
    }

    /** Whether metadata can have such a key. */
    public static boolean isKey(String text) {
        return hasLength(text, MAX_LENGTH) && KEY.matcher(text).matches();
    }

    private static boolean isPair(Map.Entry<String, @Nullable String> pair) {
        String value = pair.getValue();
        return isKey(pair.getKey()) && value != null && hasLength(value, MAX_VALUE_LENGTH)
                && value.matches(JobRequest.WHOLE_CHARACTERS);
    }

    /** In UTF-16 code units, as everywhere. */
    private static boolean hasLength(String text, int max) {
        return text.length() <= max;
    }

    /** Lists and maps, each refused as a whole: a client's key is no name of a field. */
    @Documented
    @Constraint(validatedBy = { TagsValidator.class, MetadataValidator.class })
    @Target(ElementType.FIELD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Valid {

        String message();

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

    }

    public static final class TagsValidator implements ConstraintValidator<Valid, Collection<@Nullable String>> {

        @Override
        public boolean isValid(@Nullable Collection<@Nullable String> tags, ConstraintValidatorContext context) {
            return tags == null || (tags.size() <= MAX_TAGS && tags.stream().allMatch(JobLabels::isTag));
        }

    }

    public static final class MetadataValidator implements ConstraintValidator<Valid, Map<String, @Nullable String>> {

        @Override
        public boolean isValid(@Nullable Map<String, @Nullable String> pairs, ConstraintValidatorContext context) {
            return pairs == null
                    || (pairs.size() <= MAX_PAIRS && pairs.entrySet().stream().allMatch(JobLabels::isPair));
        }

    }

}
