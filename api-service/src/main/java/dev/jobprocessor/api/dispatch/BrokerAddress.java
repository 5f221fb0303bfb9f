package dev.jobprocessor.api.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Reads {@code RABBITMQ_URI} as RabbitMQ's own clients do, with user, password and
 * virtual host percent-encoded; Spring Boot takes them as they stand. Several addresses,
 * separated by commas, are nodes of one cluster: user and virtual host are the first's.
 */
class BrokerAddress implements EnvironmentPostProcessor {

    private static final String VARIABLE = "RABBITMQ_URI";

    private static final Pattern PARTS = Pattern
        .compile("(?<scheme>amqps?://)?((?<user>[^:]*)(:(?<password>.*))?@)?(?<host>[^/@]+)(/(?<virtualhost>[^/@]*))?");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String addresses = environment.getProperty(VARIABLE);
        if (StringUtils.hasText(addresses)) {
            environment.getPropertySources().addFirst(new MapPropertySource(VARIABLE, properties(addresses)));
        }
    }

    /**
     * @throws IllegalArgumentException if this is no address; the message does not show
     * it, as it holds a password
     */
    static Map<String, Object> properties(String addresses) {
        String[] all = StringUtils.commaDelimitedListToStringArray(addresses.strip());
        Matcher first = parts(all[0]);
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.rabbitmq.addresses",
                Arrays.stream(all).map(BrokerAddress::withoutLogin).collect(Collectors.joining(",")));
        BiConsumer<String, String> decode = (property, part) -> {
            if (first.group(part) != null) {
                properties.put("spring.rabbitmq." + property, decoded(first.group(part)));
            }
        };
        decode.accept("username", "user");
        decode.accept("password", "password");
        decode.accept("virtual-host", "virtualhost");
        properties.computeIfPresent("spring.rabbitmq.virtual-host", (name, value) -> value.equals("") ? "/" : value);
        return properties;
    }

    private static String withoutLogin(String address) {
        Matcher parts = parts(address);
        return ((parts.group("scheme") != null) ? parts.group("scheme") : "") + parts.group("host");
    }

    private static Matcher parts(String address) {
        Matcher parts = PARTS.matcher(address.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(VARIABLE + " must be like amqp://user:password@host:5672/virtual-host, "
                    + "with / and other special characters of its parts percent-encoded");
        }
        return parts;
    }

    private static String decoded(String part) {
        try {
            return StringUtils.uriDecode(part, StandardCharsets.UTF_8);
        }
        catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(VARIABLE + " has a % that begins no percent-encoded character: "
                    + "write %25 for % in a user, password or virtual host");
        }
    }

}
