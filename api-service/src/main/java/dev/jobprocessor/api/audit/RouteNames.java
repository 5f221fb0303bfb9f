package dev.jobprocessor.api.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/** Names calls by their route, also those that were refused before they were routed. */
@Component
class RouteNames {

    private final SingletonSupplier<List<PathPattern>> patterns;

    RouteNames(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
        this.patterns = SingletonSupplier.of(() -> patterns(controllers.getObject()));
    }

    private static List<PathPattern> patterns(RequestMappingHandlerMapping controllers) {
        return controllers.getHandlerMethods()
            .keySet()
            .stream()
            .flatMap((mapping) -> Optional.ofNullable(mapping.getPathPatternsCondition()).stream())
            .flatMap((condition) -> condition.getPatterns().stream())
            .distinct()
            .sorted()
            .toList();
    }

    /** A call of no route is named by its method alone. */
    Call call(HttpServletRequest request) {
        return routed(request).or(() -> matching(request)).orElseGet(() -> new Call(request.getMethod(), null));
    }

    private static Optional<Call> routed(HttpServletRequest request) {
        return (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables)
                        ? Optional.of(Call.of(request, pattern, variables)) : Optional.empty();
    }

    private Optional<Call> matching(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return this.patterns.obtain()
            .stream()
            .flatMap((pattern) -> Optional.ofNullable(pattern.matchAndExtract(path))
                .map((match) -> Call.of(request, pattern.getPatternString(), match.getUriVariables()))
                .stream())
            .findFirst();
    }

    /**
     * What was called.
     *
     * @param action such as {@code DELETE /jobs/{id}}
     * @param target the value of the route's variable; null where it has none
     */
    record Call(String action, @Nullable String target) {

        static Call of(HttpServletRequest request, String pattern, Map<?, ?> variables) {
            return new Call(request.getMethod() + " " + pattern,
                    variables.values().stream().findFirst().map(String::valueOf).orElse(null));
        }

    }

}
