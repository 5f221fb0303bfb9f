package dev.jobprocessor.api.http;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CrossOriginAccessTests {

    @ParameterizedTest
    @CsvSource({ "open, '', http://localhost:5173, 200", "open, '', https://example.org, 403",
            "open, https://example.org, http://localhost:5173, 403", "open, *, https://example.org, 200",
            "required, '', http://localhost:5173, 403", "required, https://*.example.org, https://a.example.org, 200",
            "required, https://*.example.org, https://example.com, 403" })
    void allowsPagesOfTheseOriginsWithoutTheUsersCookies(String access, String configured, String origin, int status)
            throws Exception {
        MockHttpServletResponse response = call(access, configured, origin);
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void refusesEveryOriginWhereAccessIsRequired() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
            .isThrownBy(() -> call("required", "*", "https://example.org"))
            .withMessageContaining("cors.allowed-origins");
    }

    private static MockHttpServletResponse call(String access, String configured, String origin) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/jobs");
        request.addHeader("Origin", origin);
        MockHttpServletResponse response = new MockHttpServletResponse();
        new CrossOriginAccess()
            .corsFilter(new CrossOriginSettings(configured.isEmpty() ? List.of() : List.of(configured)),
                    new MockEnvironment().withProperty("access.mode", access), new JsonMapper())
            .doFilter(request, response, new MockFilterChain());
        return response;
    }

}
