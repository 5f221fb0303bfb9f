package dev.jobprocessor.worker.http;

import java.io.IOException;
import java.time.Duration;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;

/**
 * Connections to other services, kept for further calls. Follows no redirect: the login
 * page that a result was redirected to would count as its receipt. Nor does it repeat a
 * call: that is for those who call to decide.
 */
@Component
public class HttpConnections implements AutoCloseable {

    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(3);

    private final CloseableHttpClient http = HttpClients.custom()
        .setConnectionManager(asManyAsThereAreCalls())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .build();

    private static HttpClientConnectionManager asManyAsThereAreCalls() {
        return PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT_TIMEOUT).build())
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .build();
    }

    /**
     * Requests over these connections.
     * @param timeout how long the other side may be silent during a call
     */
    public ClientHttpRequestFactory requests(Duration timeout) {
        HttpComponentsClientHttpRequestFactory requests = new HttpComponentsClientHttpRequestFactory(this.http);
        requests.setReadTimeout(timeout);
        return requests;
    }

    @Override
    public void close() throws IOException {
        this.http.close();
    }

}
