package dev.jobprocessor.worker.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import dev.jobprocessor.worker.ScriptedServer;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class HttpConnectionsTests {

    private static final Duration SHORT = Duration.ofMillis(300);

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ScriptedServer server = ScriptedServer.start();

    private final CountDownLatch hungUp = new CountDownLatch(1);

    @AfterEach
    void stop() {
        this.server.close();
    }

    @Test
    void givesUpAPeerThatTricklesItsBody() throws Exception {
        this.server.otherwise(this::trickle);

        assertThatExceptionOfType(ResourceAccessException.class)
            .isThrownBy(() -> get(connections().requests(SHORT), this.server.url("/")))
            .havingRootCause()
            .isInstanceOf(SocketTimeoutException.class);
        this.hungUp.await();
    }

    @Test
    void givesUpAPeerThatTricklesThoughItIsNeverSilent() throws Exception {
        this.server.otherwise(this::trickle);

        assertThatExceptionOfType(ResourceAccessException.class)
            .isThrownBy(() -> get(connections().directRequests(LONG, SHORT), this.server.url("/")))
            .havingRootCause()
            .isInstanceOf(SocketTimeoutException.class)
            .withMessage("The call took longer than 300 ms");
        this.hungUp.await();
    }

    @Test
    void timesOutACallWithoutResponse() {
        this.server.otherwise((exchange) -> awaitHangUp());

        assertThatExceptionOfType(ResourceAccessException.class)
            .isThrownBy(() -> get(connections().directRequests(LONG, SHORT), this.server.url("/")))
            .havingRootCause()
            .isInstanceOf(SocketTimeoutException.class);
        this.hungUp.countDown();
    }

    @Test
    void leavesNoDeadlineBehindThatCouldHitTheNextCall() {
        this.server.otherwise(ScriptedServer.json(200, "pong"));
        HttpConnections connections = connections();
        await().ignoreExceptions().until(() -> get(connections.requests(SHORT), this.server.url("/")).equals("pong"));
        this.server.otherwise((exchange) -> {
            await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
            ScriptedServer.json(200, "later").to(exchange);
        });
        assertThat(get(connections.requests(LONG), this.server.url("/"))).isEqualTo("later");
    }

    /** A proxy is asked for the whole URL. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            api.example.com,      none,                  true
            api.example.com,      other.com,             true
            api.example.com,      example.com,           false
            api.example.com,      .example.com,          false
            api.example.com,      *.example.com,         false
            api.example.com,      'other.com, example.com', false
            api.example.com,      xample.com,            true
            api.example.com,      example.com:80,        false
            api.example.com,      example.com:81,        true
            api.example.com,      *,                     false
            10.1.2.3,             10.1.2.3,              false
            """)
    void asksTheProxyUnlessItIsToBeBypassed(String host, String noProxy, boolean proxied) {
        this.server.otherwise(ScriptedServer.json(200, "by the proxy"));
        MockEnvironment environment = new MockEnvironment().withProperty("http_proxy", this.server.url(""));
        if (noProxy != null) {
            environment.setProperty("NO_PROXY", noProxy);
        }
        EnvironmentProxies proxies = new EnvironmentProxies(environment);

        assertThat(proxies.determineProxy(new HttpHost("http", host, -1), HttpClientContext.create()) != null)
            .isEqualTo(proxied);
        if (proxied) {
            HttpConnections connections = new HttpConnections(environment);
            assertThat(get(connections.requests(LONG), "http://" + host + "/v1")).isEqualTo("by the proxy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000",
            "http://api-service:3000", "https://n8n" })
    void reachesDirectlyWhatIsNear(String url) {
        EnvironmentProxies proxies = new EnvironmentProxies(
                new MockEnvironment().withProperty("HTTP_PROXY", "proxy:3128")
                    .withProperty("HTTPS_PROXY", "http://proxy:3128"));

        assertThat(proxies.determineProxy(HttpHost.create(URI.create(url)), HttpClientContext.create())).isNull();
    }

    @Test
    void takesAnotherProxyForHttps() {
        EnvironmentProxies proxies = new EnvironmentProxies(new MockEnvironment().withProperty("HTTP_PROXY", "one:3128")
            .withProperty("HTTPS_PROXY", "http://two:3129"));

        assertThat(proxies.determineProxy(new HttpHost("https", "api.example.com", -1), HttpClientContext.create()))
            .hasToString("http://two:3129");
    }

    @Test
    void neverAsksTheProxyForDirectRequests() {
        this.server.otherwise(ScriptedServer.json(200, "direct"));
        HttpConnections connections = new HttpConnections(
                new MockEnvironment().withProperty("HTTP_PROXY", "http://127.0.0.1:1"));

        assertThat(get(connections.directRequests(LONG, LONG), this.server.url("/"))).isEqualTo("direct");
    }

    @Test
    void refusesAProxyThatIsNoUrlWithoutShowingIt() {
        MockEnvironment environment = new MockEnvironment().withProperty("HTTPS_PROXY", "http://user:pass word@");

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> new EnvironmentProxies(environment))
            .withMessageContaining("HTTPS_PROXY")
            .withMessageNotContaining("pass word");
    }

    private static HttpConnections connections() {
        return new HttpConnections(new MockEnvironment());
    }

    private static String get(ClientHttpRequestFactory requests, String url) {
        return RestClient.builder()
            .requestFactory(requests)
            .build()
            .get()
            .uri(url)
            .exchangeForRequiredValue(
                    (request, response) -> new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        try {
            while (!this.hungUp.await(20, TimeUnit.MILLISECONDS)) {
                body.write(' ');
                body.flush();
            }
        }
        catch (IOException ex) {
            this.hungUp.countDown();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitHangUp() {
        try {
            this.hungUp.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
