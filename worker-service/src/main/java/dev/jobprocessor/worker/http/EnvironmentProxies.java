package dev.jobprocessor.worker.http;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Routes calls by the environment variables that curl and others read:
 * {@code HTTPS_PROXY} and {@code HTTP_PROXY} (a URL each) and {@code NO_PROXY} (hosts
 * separated by commas, each with its subdomains and perhaps a port; {@code *} for all).
 * Loopback addresses and names without a dot, as within a cluster, are reached directly.
 */
final class EnvironmentProxies extends DefaultRoutePlanner {

    private final @Nullable HttpHost http;

    private final @Nullable HttpHost https;

    private final List<String> direct;

    EnvironmentProxies(Environment environment) {
        super(null);
        this.http = proxy("HTTP_PROXY", environment);
        this.https = proxy("HTTPS_PROXY", environment);
        this.direct = Arrays.stream(variable("NO_PROXY", environment).toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .map((host) -> StringUtils.trimLeadingCharacter(host.startsWith("*.") ? host.substring(1) : host, '.'))
            .filter(StringUtils::hasText)
            .toList();
    }

    private static @Nullable HttpHost proxy(String name, Environment environment) {
        String value = variable(name, environment);
        if (value.isBlank()) {
            return null;
        }
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        }
        catch (IllegalArgumentException | NullPointerException ex) {
            // Without the value and the cause, which may show a password.
            throw new InvalidConfigurationPropertyValueException(name, null,
                    "The proxy must be given as http://HOST:PORT.");
        }
    }

    private static String variable(String name, Environment environment) {
        return environment.getProperty(name, environment.getProperty(name.toLowerCase(Locale.ROOT), ""));
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        return isDirect(target) ? null : "https".equalsIgnoreCase(target.getSchemeName()) ? this.https : this.http;
    }

    private boolean isDirect(HttpHost target) {
        String host = target.getHostName().toLowerCase(Locale.ROOT);
        return isNear(host) || this.direct.stream().anyMatch((entry) -> matches(entry, host, port(target)));
    }

    private static int port(HttpHost target) {
        return (target.getPort() > 0) ? target.getPort() : "https".equalsIgnoreCase(target.getSchemeName()) ? 443 : 80;
    }

    private static boolean isNear(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("[::1]")
                || !host.contains(".") && !host.contains(":");
    }

    private static boolean matches(String entry, String host, int port) {
        int colon = entry.lastIndexOf(':');
        boolean withPort = colon > 0 && entry.indexOf(':') == colon;
        String name = withPort ? entry.substring(0, colon) : entry;
        return (name.equals("*") || host.equals(name) || host.endsWith("." + name))
                && (!withPort || entry.substring(colon + 1).equals(String.valueOf(port)));
    }

}
