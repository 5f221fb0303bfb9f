package dev.jobprocessor.api.http;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardedPrefixTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/jobs");

    @ParameterizedTest
    @ValueSource(strings = { "/tools/jobs", "/tools/jobs/" })
    void putsTheSubPathBeforeThePath(String prefix) throws Exception {
        this.request.addHeader("X-Forwarded-Prefix", prefix);
        HttpServletRequest seen = filtered();
        assertThat(seen.getRequestURL()).hasToString("http://localhost/tools/jobs/jobs");
        assertThat(seen.getContextPath()).isEqualTo("/tools/jobs");
    }

    @Test
    void leavesOtherHeadersToTheServer() throws Exception {
        this.request.addHeader("X-Forwarded-Prefix", "/tools");
        this.request.addHeader("X-Forwarded-Host", "evil.example");
        this.request.addHeader("X-Forwarded-For", "192.0.2.1");
        this.request.addHeader("Forwarded", "host=evil.example;for=192.0.2.1");
        HttpServletRequest seen = filtered();
        assertThat(seen.getRequestURL()).hasToString("http://localhost/tools/jobs");
        assertThat(seen.getRemoteAddr()).isEqualTo("127.0.0.1");
    }

    @Test
    void joinsTheSubPathsOfSeveralProxies() throws Exception {
        this.request.addHeader("X-Forwarded-Prefix", "/tools, /v1.0");
        assertThat(filtered().getContextPath()).isEqualTo("/tools/v1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "tools", "DELETE", "//example.org", "/%2e", "/..", "/a/../b", "/a b", "/a, b", "/a;b",
            "https://example.org" })
    void ignoresWhatIsNoPath(String prefix) throws Exception {
        this.request.addHeader("X-Forwarded-Prefix", "/tools");
        this.request.addHeader("X-Forwarded-Prefix", prefix);
        assertThat(filtered()).isSameAs(this.request);
    }

    @Test
    void changesNothingWithoutASubPath() throws Exception {
        this.request.addHeader("X-Forwarded-Host", "evil.example");
        assertThat(filtered()).isSameAs(this.request);
    }

    private HttpServletRequest filtered() throws ServletException, IOException {
        MockFilterChain chain = new MockFilterChain();
        new ForwardedPrefix().doFilter(this.request, new MockHttpServletResponse(), chain);
        assertThat(chain.getRequest()).isNotNull();
        return (HttpServletRequest) chain.getRequest();
    }

}
