package dev.jobprocessor.api.ui;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.DatabaseErrors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(controllers = DashboardTests.JobsApi.class,
        excludeFilters = @Filter(type = FilterType.REGEX,
                pattern = "dev.jobprocessor.api.(callback|access|waits|bulk|failures|system).*"))
@Import({ UiConfiguration.class, DashboardTests.JobsApi.class, DatabaseErrors.class, SimpleMeterRegistry.class })
@EnableConfigurationProperties(UiSettings.class)
@MockitoBean(types = DatabaseAvailability.class)
class DashboardTests {

    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    @TempDir
    private static Path dist;

    @Autowired
    private MockMvcTester mvc;

    @BeforeAll
    static void build() throws IOException {
        Files.createDirectories(dist.resolve("assets"));
        Files.writeString(dist.resolve("index.html"), "the page");
        Files.writeString(dist.resolve("theme.js"), "the theme");
        Files.writeString(dist.resolve("assets/index-C5FbhEGP.css"), "the style");
        for (String file : List.of("index.html", "assets/index-C5FbhEGP.css")) {
            Files.writeString(dist.resolve(file + ".gz"), "gzip of " + file);
        }
        Files.writeString(dist.resolveSibling("secret.txt"), "not for anybody");
    }

    @DynamicPropertySource
    static void location(DynamicPropertyRegistry properties) {
        properties.add("ui.location", () -> "file:" + dist);
    }

    @Test
    void opensWithItsPage() {
        assertThat(this.mvc.get().uri("/")).hasForwardedUrl("/index.html");
        assertPage("/index.html");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/settings", "/settings?q=a", "/jobsite" })
    void opensItsPageWhereItsOwnAddressesLead(String path) {
        assertPage(path);
    }

    @ParameterizedTest
    @CsvSource({ "/some/where?q=a&r, ../?q=a&r", "/some/where, ../", "/some/, ../", "/a/b/c, ../" })
    void leadsToItsPageFromAddressesOfSeveralSegments(String path, String location) {
        assertThat(this.mvc.get().uri(path).header(HttpHeaders.ACCEPT, BROWSER)).hasStatus(HttpStatus.FOUND)
            .hasHeader(HttpHeaders.LOCATION, location);
    }

    @ParameterizedTest
    @CsvSource({ "/index.html, index.html", "/settings, index.html",
            "/assets/index-C5FbhEGP.css, assets/index-C5FbhEGP.css" })
    void sendsWhatTheBuildCompressed(String path, String file) {
        MvcTestResult response = this.mvc.get()
            .uri(path)
            .header(HttpHeaders.ACCEPT, BROWSER)
            .header(HttpHeaders.ACCEPT_ENCODING, "gzip, deflate, br")
            .exchange();
        assertThat(response).hasStatusOk()
            .hasHeader(HttpHeaders.CONTENT_ENCODING, "gzip")
            .hasHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
            .containsHeader(HttpHeaders.CACHE_CONTROL)
            .bodyText()
            .isEqualTo("gzip of " + file);
    }

    @Test
    void letsBrowsersKeepAssetsForEver() {
        MvcTestResult asset = this.mvc.get().uri("/assets/index-C5FbhEGP.css").exchange();
        assertThat(asset).hasStatusOk().bodyText().isEqualTo("the style");
        assertThat(asset).hasHeader(HttpHeaders.CACHE_CONTROL, "max-age=31536000, public, immutable");
    }

    @Test
    void letsBrowsersAskAgainForOtherFiles() {
        assertThat(this.mvc.get().uri("/theme.js")).hasStatusOk().hasHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/jobs/a/b", "/queues/x/y", "/workers/x/y", "/audit/x", "/session/x", "/health/x", "/v3/x",
            "/assets/missing.js", "/../secret.txt", "/%2e%2e/secret.txt" })
    void leavesOtherErrorsAlone(String path) {
        MvcTestResult response = this.mvc.get().uri(URI.create(path)).header(HttpHeaders.ACCEPT, BROWSER).exchange();
        assertThat(response.getResponse().getStatus()).isBetween(400, 404);
    }

    @Test
    void answersProgramsWithAProblem() {
        assertThat(this.mvc.get().uri("/settings").accept(MediaType.APPLICATION_JSON)).hasStatus(404)
            .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void leavesTheApiAlone() {
        assertThat(this.mvc.get().uri("/jobs").header(HttpHeaders.ACCEPT, BROWSER)).hasStatusOk()
            .bodyText()
            .isEqualTo("jobs");
    }

    private void assertPage(String path) {
        MvcTestResult response = this.mvc.get().uri(path).header(HttpHeaders.ACCEPT, BROWSER).exchange();
        assertThat(response).hasStatusOk().bodyText().isEqualTo("the page");
        assertThat(response).hasHeader(HttpHeaders.CACHE_CONTROL, "no-cache").hasContentType("text/html");
    }

    @RestController
    static class JobsApi {

        @GetMapping("/jobs")
        String jobs() {
            return "jobs";
        }

    }

}
