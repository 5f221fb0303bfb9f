package dev.jobprocessor.api.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

@ApiIntegrationTest
class SecurityHeadersIntegrationTests {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({ "/jobs, 200", "/jobs/nothing, 404", "/jobs?limit=0, 400", "/jobs/a%2Fb, 400", "/health, 200",
            "/jobs/webhook/callback, 405", "/ws, 400", "/nowhere, 404", "/swagger-ui/index.html, 200",
            "/v3/api-docs, 200" })
    void areSentOnceWithEveryResponse(String path, int status) throws Exception {
        HttpResponse<Void> response = get(path, "X-Nothing", "");
        assertThat(response.statusCode()).isEqualTo(status);
        SecurityHeaders.HEADERS
            .forEach((name, value) -> assertThat(response.headers().allValues(name)).containsExactly(value));
        assertThat(response.headers().map()).doesNotContainKey("strict-transport-security");
    }

    @Test
    void keepABrowserOnHttpsWhereAProxyHasIt() throws Exception {
        assertThat(get("/jobs", "X-Forwarded-Proto", "https").headers().allValues("Strict-Transport-Security"))
            .containsExactly(SecurityHeaders.TRANSPORT);
    }

    /** A page of another origin gets no response that a user's cookie was sent for. */
    @Test
    void allowNoOtherOriginTheUsersCredentials() throws Exception {
        HttpHeaders headers = new HttpHeaders();
        get("/jobs", "Origin", "http://localhost:5173").headers().map().forEach(headers::addAll);
        assertThat(headers.getAccessControlAllowOrigin()).isEqualTo("http://localhost:5173");
        assertThat(headers.getAccessControlAllowCredentials()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "/jobs, https://example.org", "/jobs, null", "/jobs, http://localhost.example.org",
            "/ws, https://example.org", "/session, https://example.org" })
    void refuseForeignOriginsEverywhere(String path, String origin) throws Exception {
        assertThat(get(path, "Origin", origin).statusCode()).isEqualTo(403);
    }

    private HttpResponse<Void> get(String path, String header, String value) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
                .header(header, value)
                .build(), BodyHandlers.discarding());
        }
    }

}
