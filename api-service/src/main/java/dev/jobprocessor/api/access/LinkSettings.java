package dev.jobprocessor.api.access;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Settings {@code links.*}: where the dashboard leads to from a job.
 *
 * @param trace where a trace is shown, with {traceId} in its place; null where it is
 * nowhere
 * @param grafana the dashboard of Grafana that shows a time, which is added as from and
 * to; null where there is none
 */
@ConfigurationProperties("links")
record LinkSettings(@Nullable String trace, @Nullable String grafana) {

    private static final String TRACE_ID = "{traceId}";

    LinkSettings {
        trace = address("LINKS_TRACE", trace);
        grafana = address("LINKS_GRAFANA", grafana);
        if (trace != null && !trace.contains(TRACE_ID)) {
            throw new IllegalArgumentException("LINKS_TRACE must contain " + TRACE_ID);
        }
    }

    /** What is no address of http or https could run in the page that leads there. */
    private static @Nullable String address(String name, @Nullable String template) {
        if (!StringUtils.hasText(template)) {
            return null;
        }
        if (!isOfHttp(template.replace(TRACE_ID, "0"))) {
            throw new IllegalArgumentException(
                    "%s must be a URL of http or https, with percent-encoded braces and quotes".formatted(name));
        }
        return template;
    }

    private static boolean isOfHttp(String text) {
        try {
            URI address = URI.create(text);
            return ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                    && address.getHost() != null;
        }
        catch (IllegalArgumentException ex) {
            return false;
        }
    }

}
