package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {

    private WebServer server;

    @BeforeEach
    void start() {
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
        factory.setUseForwardHeaders(true);
        new TrustedProxies().customize(factory);
        this.server = factory.getWebServer((context) -> context.addServlet("echo", new Echo()).addMapping("/"));
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop();
        this.server.destroy();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.1                        | 192.0.2.1
            198.51.100.7, 192.0.2.1          | 192.0.2.1
            192.0.2.1, 10.0.0.1, 100.64.0.1  | 192.0.2.1
            10.0.0.1, fd00::1                | 10.0.0.1
            192.0.2.1, nobody.example        | 127.0.0.1
            2001:db8::1, fd00::1             | [2001:db8:0:0:0:0:0:1]
            """)
    void takesTheLastClientThatIsNotPrivate(String forwarded, String client) throws Exception {
        assertThat(echo("X-Forwarded-For", forwarded)).startsWith(client + " http://localhost:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https       | https
            http        | http
            https, http | http
            gopher      | http
            """)
    void takesTheScheme(String forwarded, String scheme) throws Exception {
        assertThat(echo("X-Forwarded-Proto", forwarded)).startsWith("127.0.0.1 " + scheme + "://localhost:");
    }

    @ParameterizedTest
    @CsvSource({ "https, 443, https://localhost/", "http, 80, http://localhost/",
            "https, 65535, https://localhost:65535/", "http, 1, http://localhost:1/" })
    void takesThePort(String scheme, String port, String url) throws Exception {
        assertThat(echo("X-Forwarded-Proto", scheme, "X-Forwarded-Port", port)).isEqualTo("127.0.0.1 " + url);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "65536", "x", "443, 80" })
    void refusesAPortThatIsNone(String port) throws Exception {
        assertThat(echo("X-Forwarded-Proto", "https", "X-Forwarded-Port", port)).isEqualTo("400");
    }

    @Test
    void takesNoHost() throws Exception {
        assertThat(echo("X-Forwarded-Host", "evil.example")).startsWith("127.0.0.1 http://localhost:");
        assertThat(echo("Forwarded", "host=evil.example;for=192.0.2.1;proto=https"))
            .startsWith("127.0.0.1 http://localhost:");
    }

    private String echo(String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest
            .newBuilder(URI.create("http://localhost:%d/".formatted(this.server.getPort())))
            .headers(headers)
            .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return (response.statusCode() == 200) ? response.body() : String.valueOf(response.statusCode());
        }
    }

    private static final class Echo extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteAddr() + " " + request.getRequestURL());
        }

    }

}
