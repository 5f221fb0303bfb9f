package dev.jobprocessor.api.system;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

/**
 * The settings of this service as they are in force. What is a number, a time, a size, a
 * choice or a yes or no is no secret; of texts, those alone are shown that are named
 * here.
 */
@Component
class SettingsInForce {

    static final String MASKED = "(set, not shown)";

    static final String ABSENT = "(not set)";

    private static final Set<String> SHOWN_TEXTS = Set.of("jobs.queues", "jobs.retry.backoff", "oidc.roles-claim",
            "oidc.name-claim", "oidc.label");

    private final ApplicationContext context;

    SettingsInForce(ApplicationContext context) {
        this.context = context;
    }

    Map<String, String> all() {
        Map<String, String> settings = new TreeMap<>();
        this.context.getBeansWithAnnotation(ConfigurationProperties.class)
            .values()
            .stream()
            .filter(Record.class::isInstance)
            .map(Record.class::cast)
            .forEach((record) -> add(prefix(record.getClass()), record, settings));
        return settings;
    }

    private static String prefix(Class<?> type) {
        ConfigurationProperties found = AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class);
        return (found != null) ? found.prefix() : type.getSimpleName();
    }

    static void add(String prefix, Record record, Map<String, String> settings) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            Object value = value(component, record);
            if (value instanceof Record nested) {
                add(name, nested, settings);
            }
            else {
                settings.put(name, text(name, value));
            }
        }
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        ReflectionUtils.makeAccessible(component.getAccessor());
        return ReflectionUtils.invokeMethod(component.getAccessor(), record);
    }

    private static String text(String name, @Nullable Object value) {
        if (value == null || value instanceof Collection<?> none && none.isEmpty() || value.toString().isEmpty()) {
            return ABSENT;
        }
        if (value instanceof Collection<?> several && several.stream().allMatch(SettingsInForce::isNoSecret)) {
            return written(several);
        }
        return (isNoSecret(value) || SHOWN_TEXTS.contains(name)) ? written(value) : MASKED;
    }

    /** As operators write it. */
    private static String written(@Nullable Object value) {
        return switch (value) {
            case Collection<?> several ->
                several.stream().map(SettingsInForce::written).collect(Collectors.joining(","));
            case Duration time -> DurationStyle.SIMPLE.print(time, unit(time));
            case null, default -> String.valueOf(value);
        };
    }

    private static ChronoUnit unit(Duration time) {
        return Stream.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)
            .filter((unit) -> !time.isZero() && time.toMillis() % unit.getDuration().toMillis() == 0)
            .findFirst()
            .orElse(ChronoUnit.MILLIS);
    }

    private static boolean isNoSecret(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof Enum<?>
                || value instanceof Duration || value instanceof DataSize;
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

}
