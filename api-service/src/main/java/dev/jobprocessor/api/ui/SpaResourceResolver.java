package dev.jobprocessor.api.ui;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Resolves files, and the dashboard's page where a browser opens one of its routes.
 */
class SpaResourceResolver extends PathResourceResolver {

    private static final Set<String> API = Set.of("jobs", "queues", "workers", "api-keys", "audit", "deliveries",
            "bulk", "failures", "webhook-secrets", "dead-letters", "system", "session", "health", "ws", "v3",
            "swagger-ui", "webjars", "actuator");

    @Override
    protected @Nullable Resource resolveResourceInternal(@Nullable HttpServletRequest request, String path,
            List<? extends Resource> locations, ResourceResolverChain chain) {
        Resource file = super.resolveResourceInternal(request, path, locations, chain);
        return (file == null && request != null && opensPage(request, path))
                ? super.resolveResourceInternal(request, Dashboard.PAGE, locations, chain) : file;
    }

    /**
     * Whether a browser opens a route of the dashboard, not of the API.
     * @param path without a slash at its beginning
     */
    static boolean opensPage(HttpServletRequest request, String path) {
        String accepted = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
        return accepted.contains(MediaType.TEXT_HTML_VALUE) && !API.contains(path.split("/", 2)[0]);
    }

}
