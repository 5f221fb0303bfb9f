package dev.jobprocessor.api.http;

import java.time.Duration;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.FilterChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseMemoryTests {

    private static final int KIB = 1024;

    private final RequestSettings settings = new RequestSettings(DataSize.ofMegabytes(64), Duration.ofMinutes(1),
            Duration.ZERO);

    private final RequestMemory memory = new RequestMemory(this.settings);

    private final ResponseMemory filter = new ResponseMemory(this.memory, this.settings,
            (request, response, handler, ex) -> {
                response.setStatus(((Overloaded) ex).getStatusCode().value());
                return null;
            });

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            /jobs, none, 0
            /jobs, status=FAILED, 3201
            /jobs, limit=500, 16001
            /jobs, q=a&limit=7&status=FAILED, 225
            /jobs, limit=many, 3201
            /jobs/stats, limit=500, 0
            /jobs/stats, none, 0
            /jobs/6925f0a1c3b2a40f5d1e7a01, none, 4097
            /jobs/statistics, limit=1, 4097
            /jobs/1/output, from=7, 4097
            /jobs/1/events, none, 0
            /health, none, 0
            """)
    void takesMemoryForTheLargestResponseOfItsKind(String path, @Nullable String query, int kibibytes)
            throws Exception {
        get(path, query, (request, response) -> assertThat(used()).isEqualTo(kibibytes));
        assertThat(used()).isZero();
    }

    @Test
    void keepsWhatTheResponseReallyTakesWhileItIsSent() throws Exception {
        get("/jobs", "limit=500", (request, response) -> {
            response.getOutputStream().write(new byte[10 * KIB]);
            assertThat(used()).isEqualTo(11);
        });
        assertThat(used()).isZero();
    }

    @Test
    void refusesThePageThatIsTooMuchBesideTheOthers() throws Exception {
        try (Reservation others = this.memory.responseReservation()) {
            others.await(32L * KIB * KIB - 33 * KIB - 1, Duration.ZERO);
            assertThat(get("/jobs", "limit=1", (request, response) -> {
            }).getStatus()).isEqualTo(200);
            others.await(0, Duration.ZERO);
            assertThat(get("/jobs", "limit=1", (request, response) -> {
                throw new AssertionError("loaded");
            }).getStatus()).isEqualTo(503);
        }
        assertThat(this.memory.pages().refused()).isOne();
        assertThat(used()).isZero();
    }

    @Test
    void refusesTheJobThatIsTooMuchBesideTheOthers() throws Exception {
        try (Reservation others = this.memory.responseReservation()) {
            others.await(32L * KIB * KIB - ResponseMemory.WHOLE_JOB_BYTES - 2 * KIB, Duration.ZERO);
            assertThat(get("/jobs/1", null, (request, response) -> {
            }).getStatus()).isEqualTo(200);
            others.await(0, Duration.ZERO);
            assertThat(get("/jobs/1", null, (request, response) -> {
                throw new AssertionError("loaded");
            }).getStatus()).isEqualTo(503);
        }
        assertThat(used()).isZero();
    }

    private long used() {
        return this.memory.pages().usedBytes() / KIB;
    }

    private MockHttpServletResponse get(String path, @Nullable String query, FilterChain chain) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setQueryString(query);
        MockHttpServletResponse response = new MockHttpServletResponse();
        this.filter.doFilter(request, response, chain);
        return response;
    }

}
