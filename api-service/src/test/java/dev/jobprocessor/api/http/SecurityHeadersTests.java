package dev.jobprocessor.api.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class SecurityHeadersTests {

    private static final Path NGINX = Path.of("../ui/nginx/security-headers.conf");

    private static final Pattern HEADER = Pattern.compile("add_header (\\S+) \"?(.+?)\"? always;");

    @Test
    void areThoseOfNginx() throws IOException {
        Map<String, String> nginx = HEADER.matcher(Files.readString(NGINX))
            .results()
            .collect(Collectors.toMap((header) -> header.group(1), (header) -> header.group(2)));
        assertThat(nginx.remove("Strict-Transport-Security")).isEqualTo("$transport_security");
        assertThat(SecurityHeaders.HEADERS).containsExactlyInAnyOrderEntriesOf(nginx);
    }

    @Test
    void allowNothingThatIsWrittenIntoAPage() {
        assertThat(SecurityHeaders.HEADERS.get("Content-Security-Policy")).doesNotContain("unsafe", "*", "http");
    }

    @Test
    void keepABrowserOnHttpsThatCameByIt() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        assertThat(headersOf(request).getHeader("Strict-Transport-Security")).isNull();
        request.setSecure(true);
        assertThat(headersOf(request).getHeader("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    private static MockHttpServletResponse headersOf(MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new SecurityHeaders().doFilter(request, response, new MockFilterChain());
        return response;
    }

}
