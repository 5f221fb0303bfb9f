package dev.jobprocessor.worker.http;

import java.io.IOException;
import java.time.Duration;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;

import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;

/**
 * Pooled connections to other services. Follows no redirect: a login page would count as
 * the receipt of a result. Does not retry either: that is the caller's decision.
 */
@Component
public class HttpConnections implements AutoCloseable {

    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(3);

    /** Of a response, whoever sends it. */
    private static final Http1Config BOUNDED_HEAD = Http1Config.custom()
        .setMaxLineLength(16 * 1024)
        .setMaxHeaderCount(200)
        .build();

    private final CallDeadlines deadlines = new CallDeadlines();

    private final CloseableHttpClient direct;

    private final CloseableHttpClient proxied;

    /** Reads the proxies of the environment. */
    public HttpConnections(Environment environment) {
        this.direct = client().build();
        this.proxied = client().setRoutePlanner(new EnvironmentProxies(environment)).build();
    }

    private HttpClientBuilder client() {
        return HttpClients.custom()
            .setConnectionManager(asManyAsThereAreCalls())
            .addExecInterceptorFirst("deadline", this.deadlines)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement();
    }

    private static HttpClientConnectionManager asManyAsThereAreCalls() {
        return PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDED_HEAD).build())
            .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT_TIMEOUT).build())
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .build();
    }

    /**
     * Requests to services elsewhere, through the proxy that {@code HTTPS_PROXY},
     * {@code HTTP_PROXY} and {@code NO_PROXY} ask for.
     * @param timeout how long a call may take, until the last byte of its response is
     * read
     */
    public ClientHttpRequestFactory requests(Duration timeout) {
        return requests(this.proxied, timeout, timeout);
    }

    /**
     * The same, for responses that are streamed.
     * @param stall by which a call times out as well
     */
    public ClientHttpRequestFactory requests(Duration timeout, StreamStall stall) {
        HttpComponentsClientHttpRequestFactory requests = new HttpComponentsClientHttpRequestFactory(this.proxied);
        requests.setReadTimeout(timeout);
        requests.setHttpContextFactory((method, uri) -> CallDeadlines.context(timeout, stall));
        return requests;
    }

    /**
     * Requests to services of the same installation, never through a proxy.
     * @param readTimeout how long to wait for the next bytes of a response
     * @param callTimeout how long a call may take, until the last byte of its response is
     * read
     */
    public ClientHttpRequestFactory directRequests(Duration readTimeout, Duration callTimeout) {
        return requests(this.direct, readTimeout, callTimeout);
    }

    private static ClientHttpRequestFactory requests(CloseableHttpClient http, Duration readTimeout,
            Duration callTimeout) {
        HttpComponentsClientHttpRequestFactory requests = new HttpComponentsClientHttpRequestFactory(http);
        requests.setReadTimeout(readTimeout);
        requests.setHttpContextFactory((method, uri) -> CallDeadlines.context(callTimeout));
        return requests;
    }

    @Override
    public void close() throws IOException {
        this.direct.close();
        this.proxied.close();
        this.deadlines.close();
    }

}
