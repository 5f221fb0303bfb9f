package dev.jobprocessor.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of a service, the code that reads them and their documentation agree. To be
 * extended by a test of the service.
 */
public abstract class AbstractSettingsTests {

    private static final Path DOCUMENTATION = Path.of("../docs/configuration.md");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):?");

    private static final Pattern VARIABLE = Pattern.compile("`([A-Z][A-Z0-9_]+)`");

    private final String service;

    private final Set<String> ofLibraries;

    private final JavaClasses classes;

    /**
     * @param service as the documentation names it
     * @param ofLibraries variables that libraries read and no metadata describes
     */
    protected AbstractSettingsTests(String service, Set<String> ofLibraries) {
        this.service = service;
        this.ofLibraries = ofLibraries;
        this.classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(getClass().getPackageName());
    }

    @Test
    void readsEverySetting() {
        List<String> unread = settingsRecords().stream()
            .flatMap((type) -> names(type).entrySet().stream())
            .filter((setting) -> !isRead(setting.getValue()) && !isScheduledBy(setting.getKey()))
            .map(Map.Entry::getKey)
            .toList();

        assertThat(unread).isEmpty();
    }

    @Test
    void givesOnlySettingsThatExist() throws IOException {
        Set<String> known = new HashSet<>(settings());
        known.addAll(librarySettings());

        assertThat(yaml().keySet()).allSatisfy((key) -> assertThat(isKnown(key, known)).as(key).isTrue());
    }

    @Test
    void documentsEveryVariable() throws IOException {
        Set<String> documented = documented();
        Map<String, String> yaml = yaml();
        Set<String> missing = new TreeSet<>(placeholders());
        missing.removeAll(documented);
        settings().stream()
            .filter((setting) -> !yaml.getOrDefault(setting, "").contains("${"))
            .filter((setting) -> Collections.disjoint(variables(setting), documented))
            .forEach(missing::add);

        assertThat(missing).as("missing in %s", DOCUMENTATION).isEmpty();
    }

    @Test
    void documentsOnlyVariablesThatExist() throws IOException {
        Set<String> known = new HashSet<>(this.ofLibraries);
        known.addAll(placeholders());
        Stream.concat(settings().stream(), librarySettings().stream())
            .forEach((setting) -> known.addAll(variables(setting)));

        assertThat(known).containsAll(documented());
    }

    private List<JavaClass> settingsRecords() {
        return this.classes.stream().filter((type) -> type.isAnnotatedWith(ConfigurationProperties.class)).toList();
    }

    private Set<String> settings() {
        return settingsRecords().stream().flatMap((type) -> names(type).keySet().stream()).collect(Collectors.toSet());
    }

    /** Accessors by the names of their settings. */
    private Map<String, JavaMethod> names(JavaClass type) {
        return names(type.getAnnotationOfType(ConfigurationProperties.class).value(), type)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Stream<Map.Entry<String, JavaMethod>> names(String prefix, JavaClass type) {
        return Arrays.stream(type.reflect().getRecordComponents()).flatMap((component) -> {
            String name = prefix + "." + kebab(component.getName());
            return component.getType().isRecord() ? names(name, this.classes.get(component.getType()))
                    : Stream.of(Map.entry(name, type.getMethod(component.getName())));
        });
    }

    private static String kebab(String name) {
        return name.replaceAll("(\\p{Lower})(\\p{Upper})", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static boolean isRead(JavaMethod accessor) {
        return !accessor.getAccessesToSelf().isEmpty() || accessor.getOwner()
            .getField(accessor.getName())
            .getAccessesToSelf()
            .stream()
            .map(JavaAccess::getOrigin)
            .anyMatch((origin) -> !origin.equals(accessor) && !origin.isConstructor());
    }

    private boolean isScheduledBy(String setting) {
        return this.classes.stream()
            .flatMap((type) -> type.getMethods().stream())
            .filter((method) -> method.isAnnotatedWith(Scheduled.class))
            .anyMatch((method) -> method.getAnnotationOfType(Scheduled.class)
                .fixedDelayString()
                .matches("\\$\\{" + Pattern.quote(setting) + "[:}].*"));
    }

    private static boolean isKnown(String key, Set<String> known) {
        return known.stream()
            .anyMatch((name) -> key.equals(name) || key.startsWith(name + ".") || key.startsWith(name + "["));
    }

    private static Map<String, String> yaml() throws IOException {
        Map<String, String> yaml = new HashMap<>();
        new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
            .stream()
            .map((source) -> (EnumerablePropertySource<?>) source)
            .forEach((source) -> Arrays.stream(source.getPropertyNames())
                .forEach((name) -> yaml.merge(name, String.valueOf(source.getProperty(name)), String::concat)));
        return yaml;
    }

    private static Set<String> placeholders() throws IOException {
        return yaml().values()
            .stream()
            .flatMap((value) -> PLACEHOLDER.matcher(value).results())
            .map((placeholder) -> placeholder.group(1))
            .collect(Collectors.toSet());
    }

    private static Set<String> librarySettings() throws IOException {
        Set<String> names = new HashSet<>();
        for (String file : List.of("META-INF/spring-configuration-metadata.json",
                "META-INF/additional-spring-configuration-metadata.json")) {
            for (URL url : Collections.list(AbstractSettingsTests.class.getClassLoader().getResources(file))) {
                try (InputStream json = url.openStream()) {
                    JsonNode metadata = new JsonMapper().readTree(json);
                    metadata.path("properties").forEach((property) -> names.add(property.path("name").asString()));
                }
            }
        }
        return names;
    }

    /** As environment variables: with dashes removed, or as underscores. */
    private static Set<String> variables(String setting) {
        String upper = setting.toUpperCase(Locale.ROOT).replace('.', '_');
        return Set.copyOf(List.of(upper.replace("-", ""), upper.replace('-', '_')));
    }

    /** The first column of the rows of this service. */
    private Set<String> documented() throws IOException {
        Set<String> names = new HashSet<>();
        for (String line : Files.readAllLines(DOCUMENTATION)) {
            String[] cells = line.split("\\|");
            if (cells.length > 3 && List.of(this.service, "both").contains(cells[2].strip())) {
                VARIABLE.matcher(cells[1]).results().map((variable) -> variable.group(1)).forEach(names::add);
            }
        }
        return names;
    }

}
