package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.jobprocessor.api.jobs.WebhookAddresses;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls webhooks, whatever they do: redirects are not followed, nothing is decompressed,
 * no cookie is kept, of an answer only the beginning is read, and a call that takes too
 * long is cut.
 */
class WebhookClient implements AutoCloseable {

    static final int MAX_ANSWER_BYTES = 1024;

    private static final ContentType JSON = ContentType.create("application/json");

    /** Of an answer's head. */
    private static final Http1Config HEAD_LIMITS = Http1Config.custom()
        .setMaxHeaderCount(100)
        .setMaxLineLength(16 << 10)
        .build();

    /** Then the name is resolved, and its addresses are checked, again. */
    private static final TimeValue MAX_CONNECTION_AGE = TimeValue.ofMinutes(1);

    private final ScheduledExecutorService deadlines = Executors
        .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    private final CloseableHttpClient http;

    private final Duration timeout;

    WebhookClient(DeliverySettings settings, DnsResolver names, WebhookAddresses addresses) {
        this.timeout = settings.timeout();
        this.http = HttpClients.custom()
            .setConnectionManager(connections(settings, new CheckedResolver(names, addresses)))
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(this.timeout)).build())
            .setUserAgent("job-processor")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .evictExpiredConnections()
            .build();
    }

    private static HttpClientConnectionManager connections(DeliverySettings settings, DnsResolver names) {
        Timeout timeout = Timeout.of(settings.timeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(names)
            .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(HEAD_LIMITS).build())
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout).build())
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(timeout)
                .setTimeToLive(MAX_CONNECTION_AGE)
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build())
            .setMaxConnPerRoute(settings.maxPerHost())
            .setMaxConnTotal(settings.maxConcurrency())
            .build();
    }

    /**
     * Posts JSON.
     * @throws IOException if there is no answer, or not in time
     */
    Answer post(String url, String body, Map<String, String> headers) throws IOException {
        HttpPost call = new HttpPost(URI.create(url));
        headers.forEach(call::setHeader);
        call.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), JSON));
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = this.deadlines.schedule(() -> {
            late.set(true);
            call.abort();
        }, this.timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return post(call);
        }
        catch (IOException ex) {
            boolean timedOut = late.get() || ex instanceof SocketTimeoutException;
            throw timedOut ? new InterruptedIOException("No answer within %d ms".formatted(this.timeout.toMillis()))
                    : ex;
        }
        finally {
            deadline.cancel(false);
        }
    }

    private Answer post(HttpPost call) throws IOException {
        ClassicHttpResponse response = this.http.executeOpen(null, call, null);
        try {
            return new Answer(response.getCode(), beginning(call, response.getEntity()));
        }
        finally {
            Closer.closeQuietly(response);
        }
    }

    /** Closing the response would read the rest, unless the connection is cut before. */
    private static String beginning(HttpPost call, HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream body = entity.getContent();
        byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES);
        if (body.read() != -1) {
            call.abort();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        this.deadlines.shutdownNow();
        this.http.close();
    }

    /**
     * What a webhook answered.
     *
     * @param body its first {@value #MAX_ANSWER_BYTES} bytes
     */
    record Answer(int status, String body) {
    }

}
