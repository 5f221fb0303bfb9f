package dev.jobprocessor.api.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LinkSettingsTests {

    private static final String TRACE = "https://tempo.example.org/trace/{traceId}";

    private static final String GRAFANA = "http://localhost:3001/d/pipeline?var-queue=llm";

    @Test
    void takesAddressesOfHttp() {
        LinkSettings links = new LinkSettings(TRACE, GRAFANA);

        assertThat(links.trace()).isEqualTo(TRACE);
        assertThat(links.grafana()).isEqualTo(GRAFANA);
    }

    @Test
    void takesEmptyOnesForNone() {
        assertThat(new LinkSettings("", " ")).isEqualTo(new LinkSettings(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = { "javascript:alert(1)", "data:text/html,x", "grafana.example.org", "/grafana", "http:///d",
            "ftp://example.org", "https://example.org/a b", "https://example.org/{other}" })
    void refusesWhatIsNoAddressOfHttp(String address) {
        assertThatThrownBy(() -> new LinkSettings(null, address)).hasMessageContaining("LINKS_GRAFANA");
        assertThatThrownBy(() -> new LinkSettings(address + "{traceId}", null)).hasMessageContaining("LINKS_TRACE");
    }

    @Test
    void refusesAnAddressOfNoTrace() {
        assertThatThrownBy(() -> new LinkSettings("https://example.org/traces", null))
            .hasMessage("LINKS_TRACE must contain {traceId}");
    }

}
