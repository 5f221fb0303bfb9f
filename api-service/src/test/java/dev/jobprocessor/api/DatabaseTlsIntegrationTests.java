package dev.jobprocessor.api;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Connects by TLS with an authority of one's own, as the documentation says. */
class DatabaseTlsIntegrationTests {

    private static final String PASSWORD = "password";

    private static final String BUNDLE = "--spring.mongodb.ssl.bundle=servers";

    @TempDir
    private Path directory;

    private final MongoServer server = new MongoServer(H2Backend.inMemory());

    @AfterEach
    void stop() {
        this.server.shutdownNow();
    }

    @Test
    void connectsWhereTheAuthorityIsTrusted() throws Exception {
        start("localhost");
        assertThat(ping(Duration.ofMinutes(1), BUNDLE).get("ok", Number.class).intValue()).isOne();
    }

    @Test
    void refusesCertificateOfAuthorityThatIsNotTrusted() throws Exception {
        start("localhost");
        assertRefused("PKIX path building failed");
    }

    @Test
    void refusesCertificateOfAnotherHost() throws Exception {
        start("mongodb.example.org");
        assertRefused("No subject alternative DNS name matching localhost", BUNDLE);
    }

    /** On a busy machine the time may be up before the certificate is seen. */
    private void assertRefused(String reason, String... arguments) {
        await().untilAsserted(() -> assertThatExceptionOfType(MongoTimeoutException.class)
            .isThrownBy(() -> ping(Duration.ofSeconds(3), arguments))
            .withMessageContaining(reason));
    }

    @Test
    void encryptsTheConnectionToServersFoundByTheirServiceRecords() throws Exception {
        start("server.jobs.test");
        ServiceRecords.add("database.jobs.test", "server.jobs.test", this.server.getLocalAddress().getPort());
        assertThat(pingAt("mongodb+srv://database.jobs.test/test", BUNDLE).get("ok", Number.class).intValue()).isOne();
    }

    /** Starts a server whose certificate is its own authority. */
    private void start(String host) throws Exception {
        KeyStore keys = keys(this.directory.resolve("keys.p12"), host);
        X509Certificate certificate = (X509Certificate) keys.getCertificate("server");
        Files.writeString(this.directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                    .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded())));
        this.server.enableSsl((PrivateKey) keys.getKey("server", PASSWORD.toCharArray()), null, certificate);
        this.server.bind("localhost", 0);
    }

    private Document ping(Duration timeout, String... arguments) {
        return pingAt("mongodb://localhost:%d/test?tls=true&serverSelectionTimeoutMS=%d"
            .formatted(this.server.getLocalAddress().getPort(), timeout.toMillis()), arguments);
    }

    private Document pingAt(String address, String... arguments) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(MongoAutoConfiguration.class,
                SslAutoConfiguration.class, LoopbackNames.class)
            .web(WebApplicationType.NONE)
            .properties("MONGODB_URI=" + address,
                    "spring.ssl.bundle.pem.servers.truststore.certificate=file:" + this.directory.resolve("ca.pem"));
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            return context.getBean(MongoClient.class).getDatabase("test").runCommand(new Document("ping", 1));
        }
    }

    private static KeyStore keys(Path path, String host) throws Exception {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "RSA", "-dname", "CN=" + host, "-ext", "san=dns:" + host,
                "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", path.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(path)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** Every name is this machine's. */
    @Configuration(proxyBeanMethods = false)
    static class LoopbackNames {

        @Bean
        MongoClientSettingsBuilderCustomizer loopbackNames() {
            byte[] loopback = InetAddress.getLoopbackAddress().getAddress();
            return (settings) -> settings
                .inetAddressResolver((host) -> List.of(InetAddress.getByAddress(host, loopback)));
        }

    }

}
