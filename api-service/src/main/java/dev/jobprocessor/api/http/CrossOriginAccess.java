package dev.jobprocessor.api.http;

import java.io.IOException;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Which pages of other origins may call this service. */
@Configuration(proxyBeanMethods = false)
class CrossOriginAccess {

    private static final String ANY = "*";

    /** Where the original's front end is served from. */
    private static final List<String> LOCAL = List.of("http://localhost", "http://localhost:[*]");

    /**
     * Before every filter that may refuse a request: the page must be able to read why.
     * No page of another origin is allowed the user's cookies.
     * @throws InvalidConfigurationPropertyValueException if access has credentials, and
     * every page is allowed to use them
     */
    @Bean
    @FilterRegistration(order = 0)
    CorsFilter corsFilter(CrossOriginSettings settings, Environment environment, JsonMapper mapper) {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOriginPatterns(origins(settings.allowedOrigins(), environment));
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        configuration.setExposedHeaders(List.of(HttpHeaders.LOCATION, HttpHeaders.LINK, HttpHeaders.ETAG,
                HttpHeaders.RETRY_AFTER, "Idempotent-Replayed", "RateLimit", "RateLimit-Policy"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", configuration);
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new RejectWithProblem(mapper));
        return filter;
    }

    private static List<String> origins(List<String> configured, Environment environment) {
        boolean open = "open".equalsIgnoreCase(environment.getProperty("access.mode"));
        if (!open && configured.contains(ANY)) {
            throw new InvalidConfigurationPropertyValueException("cors.allowed-origins", ANY,
                    "Where access is required, origins must be named.");
        }
        return (open && configured.isEmpty()) ? LOCAL : configured;
    }

    private static final class RejectWithProblem extends DefaultCorsProcessor {

        private final JsonMapper mapper;

        RejectWithProblem(JsonMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            ProblemDetail problem = Problems.of(HttpStatus.FORBIDDEN,
                    "Pages of this origin may not call this service.");
            response.setStatusCode(HttpStatus.FORBIDDEN);
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            response.getBody().write(this.mapper.writeValueAsBytes(problem));
            response.flush();
        }

    }

}
