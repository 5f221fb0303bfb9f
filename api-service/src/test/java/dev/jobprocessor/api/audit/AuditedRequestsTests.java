package dev.jobprocessor.api.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.Mockito.mock;

class AuditedRequestsTests {

    private static final Instant NOW = Instant.parse("2026-11-27T09:30:00Z");

    private final AuditLog log = mock();

    private final AuditedRequests filter = new AuditedRequests(this.log, new RouteNames(mock()), Tracer.NOOP,
            Clock.fixed(NOW, ZoneOffset.UTC));

    private final MockHttpServletRequest request = new MockHttpServletRequest("DELETE", "/jobs/a");

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @BeforeEach
    void authenticate() {
        TestingAuthenticationToken key = new TestingAuthenticationToken("key:ci", "", "ROLE_OPERATOR");
        key.setDetails(Map.of("keyId", "k1"));
        SecurityContextHolder.getContext().setAuthentication(key);
        route("/jobs/{id}", Map.of("id", "a"));
    }

    @AfterEach
    void forget() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void entersAChange() throws Exception {
        this.request.addHeader("User-Agent", "c".repeat(AuditEntry.MAX_LENGTH + 1));
        this.request.setRemoteAddr("192.0.2.7");

        AuditEntry entry = entries(204).getFirst();
        assertThat(entry.id()).hasSize(24);
        assertThat(entry).usingRecursiveComparison()
            .ignoringFields("id", "traceId")
            .isEqualTo(new AuditEntry("", NOW, "key:ci", "k1", "DELETE /jobs/{id}", "a", 204, Outcome.DONE, "192.0.2.7",
                    "c".repeat(AuditEntry.MAX_LENGTH), null, null));
    }

    @ParameterizedTest
    @CsvSource({ "192.0.2.7, 192.0.2.7", "[2001:db8:0:0:0:0:0:1], 2001:db8:0:0:0:0:0:1" })
    void entersAddressesWithoutBrackets(String remote, String address) throws Exception {
        this.request.setRemoteAddr(remote);
        assertThat(entries(204)).extracting(AuditEntry::address).containsExactly(address);
    }

    @Test
    void namesWhatWasCreated() throws Exception {
        this.request.setMethod("POST");
        route("/jobs", Map.of());
        this.response.addHeader("Location", "https://jobs.example/prefix/jobs/b");

        assertThat(entries(201)).extracting(AuditEntry::action, AuditEntry::target)
            .containsExactly(tuple("POST /jobs", "b"));
    }

    @ParameterizedTest
    @CsvSource({ "DELETE, 200, DONE", "DELETE, 500, UNKNOWN", "POST, 503, UNKNOWN", "DELETE, 401, REFUSED",
            "DELETE, 403, REFUSED", "POST, 429, REFUSED", "GET, 401, REFUSED", "GET, 403, REFUSED" })
    void entersChangesAndRefusals(String method, int status, Outcome outcome) throws Exception {
        this.request.setMethod(method);
        assertThat(entries(status)).extracting(AuditEntry::outcome).containsExactly(outcome);
    }

    @ParameterizedTest
    @CsvSource({ "GET, 200", "GET, 500", "HEAD, 200", "OPTIONS, 200", "POST, 400", "DELETE, 404", "DELETE, 409" })
    void entersNothingElse(String method, int status) throws Exception {
        this.request.setMethod(method);
        assertThat(entries(status)).isEmpty();
    }

    @Test
    void entersNoIdOfASession() throws Exception {
        TestingAuthenticationToken person = new TestingAuthenticationToken("7c9e6679", "", "ROLE_OPERATOR");
        person.setDetails("the session's id");
        SecurityContextHolder.getContext().setAuthentication(person);

        assertThat(entries(204)).singleElement().satisfies((entry) -> {
            assertThat(entry.actor()).isEqualTo("7c9e6679");
            assertThat(entry.keyId()).isNull();
        });
    }

    /** A worker reports with the webhook's secret. */
    @ParameterizedTest
    @ValueSource(ints = { 200, 500 })
    void entersNothingOfCallersWithoutACredential(int status) throws Exception {
        anonymous();
        assertThat(entries(status)).isEmpty();
    }

    @Test
    void entersRefusalsOfCallersWithoutACredential() throws Exception {
        anonymous();
        assertThat(entries(401)).singleElement().satisfies((entry) -> {
            assertThat(entry.actor()).isNull();
            assertThat(entry.keyId()).isNull();
        });
    }

    @Test
    void entersWhatFailed() {
        this.response.setStatus(500);
        assertThatExceptionOfType(ServletException.class)
            .isThrownBy(() -> this.filter.doFilter(this.request, this.response, (request, response) -> {
                throw new ServletException("defect");
            }));
        then(this.log).should().add(any());
    }

    private List<AuditEntry> entries(int status) throws ServletException, IOException {
        ArgumentCaptor<AuditEntry> entries = ArgumentCaptor.captor();
        willDoNothing().given(this.log).add(entries.capture());
        this.filter.doFilter(this.request, this.response, (request, response) -> this.response.setStatus(status));
        return entries.getAllValues();
    }

    private void route(String pattern, Map<String, String> variables) {
        this.request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables);
    }

    private static void anonymous() {
        Authentication anonymous = new AnonymousAuthenticationToken("key", "anonymous",
                AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
        SecurityContextHolder.getContext().setAuthentication(anonymous);
    }

}
