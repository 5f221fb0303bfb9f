package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.WebhookAddresses;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Delivers to a name that has another address the next time it is resolved. Of two
 * addresses of this machine, one stands for a public one, the other for a private one.
 */
@ApiIntegrationTest
@Import(RebindingIntegrationTests.Names.class)
@TestPropertySource(properties = { "deliveries.retry-delays=100ms,100ms", "deliveries.timeout=500ms" })
class RebindingIntegrationTests {

    private static final byte[] PUBLIC = { 127, 0, 0, 1 };

    private static final byte[] PRIVATE = { 127, 0, 0, 2 };

    @Autowired
    private ApiClient api;

    @Autowired
    private AtomicReference<byte[]> address;

    @Test
    void callsNoPrivateAddressThatANameHasTheSecondTime() throws Exception {
        try (TestReceiver known = new TestReceiver(at(PUBLIC, 0));
                TestReceiver hidden = new TestReceiver(at(PRIVATE, known.port()))) {
            known.answer((exchange) -> {
                this.address.set(PRIVATE);
                exchange.getResponseHeaders().set("Connection", "close"); // or it is
                                                                          // called again
                                                                          // by it
                exchange.sendResponseHeaders(503, -1);
            });
            String id = submit("http://receiver.test:" + known.port() + "/hook");
            this.api.callback(id, 1, "COMPLETED", "a");

            JsonNode delivery = await().until(() -> delivery(id),
                    (latest) -> latest.path("status").asString().equals("failed"));

            assertThat(delivery.path("attempts").asInt()).isEqualTo(3);
            assertThat(delivery.path("error").asString()).contains("receiver.test has a private address");
            assertThat(known.received()).hasSize(1);
            assertThat(hidden.received()).isEmpty();
        }
    }

    private static InetSocketAddress at(byte[] address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }

    private String submit(String url) {
        this.api.call(HttpMethod.POST, "/webhook-secrets");
        JsonNode job = this.api.post("/jobs", Map.of("prompt", "a", "webhook", Map.of("url", url)), Map.of())
            .retrieve()
            .toEntity(JsonNode.class)
            .getBody();
        return Objects.requireNonNull(job).path("id").asString();
    }

    private JsonNode delivery(String jobId) {
        JsonNode deliveries = this.api.call(HttpMethod.GET, "/jobs/" + jobId + "/deliveries").getBody();
        return Objects.requireNonNull(deliveries).path(0);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Names {

        /** Of every name. */
        @Bean
        AtomicReference<byte[]> address() {
            return new AtomicReference<>(PUBLIC);
        }

        @Bean
        @Primary
        DnsResolver testNames(AtomicReference<byte[]> address) {
            return new SystemDefaultDnsResolver() {

                @Override
                public InetAddress[] resolve(String host) throws UnknownHostException {
                    return new InetAddress[] { InetAddress.getByAddress(host, address.get()) };
                }

            };
        }

        @Bean
        @Primary
        WebhookAddresses testAddresses() {
            return new WebhookAddresses(false) {

                @Override
                public boolean allows(InetAddress address) {
                    return Arrays.equals(address.getAddress(), PUBLIC);
                }

            };
        }

    }

}
