package dev.jobprocessor.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;

/** An OpenID provider, as far as a client of it can tell. */
public class TestIssuer implements AutoCloseable, DynamicPropertyRegistrar {

    public static final String AUDIENCE = "job-processor";

    public static final String CLIENT = "job-processor-dashboard";

    private final JsonMapper mapper = new JsonMapper();

    private final AtomicInteger keyReads = new AtomicInteger();

    private final int port;

    private @Nullable HttpServer server;

    private RSAKey key = newKey("first");

    private volatile String idToken = "";

    public TestIssuer() {
        this.port = start(0);
    }

    @Override
    public void accept(DynamicPropertyRegistry properties) {
        properties.add("oidc.issuer-uri", this::uri);
    }

    /** It listens at the same port again. */
    public void restart() {
        start(this.port);
    }

    private int start(int wanted) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            started.createContext("/.well-known/openid-configuration", (call) -> answer(call, metadata()));
            started.createContext("/keys", this::answerKeys);
            started.createContext("/token", (call) -> answer(call, Map.of("access_token", "opaque", "token_type",
                    "Bearer", "expires_in", 60, "id_token", this.idToken)));
            started.start();
            this.server = started;
            return started.getAddress().getPort();
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    public String uri() {
        return "http://localhost:" + this.port;
    }

    /** How often its keys were read. */
    public int keyReads() {
        return this.keyReads.get();
    }

    /** From now on it signs with another key, and publishes that alone. */
    public void rotate() {
        this.key = newKey("second");
    }

    public RSAKey key() {
        return this.key;
    }

    /** What the next person who comes back from here is. */
    public void signsIn(JWTClaimsSet.Builder person) {
        this.idToken = sign(person.issuer(uri()).audience(CLIENT).build());
    }

    /** The claims of an access token that is valid for a minute. */
    public JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(uri())
            .audience(AUDIENCE)
            .subject("7c9e6679")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .claim("realm_access", Map.of("roles", List.of("viewer", "offline_access")));
    }

    public String sign(JWTClaimsSet claims) {
        return sign(claims, this.key);
    }

    public static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    public static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Map<String, Object> metadata() {
        return Map.of("issuer", uri(), "authorization_endpoint", uri() + "/authorize", "token_endpoint",
                uri() + "/token", "jwks_uri", uri() + "/keys", "end_session_endpoint", uri() + "/end",
                "subject_types_supported", List.of("public"), "response_types_supported", List.of("code"),
                "id_token_signing_alg_values_supported", List.of("RS256"), "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic"));
    }

    private void answerKeys(HttpExchange call) throws IOException {
        this.keyReads.incrementAndGet();
        answer(call, new JWKSet(this.key).toJSONObject(true));
    }

    private void answer(HttpExchange call, Object body) throws IOException {
        byte[] json = this.mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, json.length);
        call.getResponseBody().write(json);
        call.close();
    }

    @Override
    public void close() {
        HttpServer running = this.server;
        if (running != null) {
            running.stop(0);
        }
    }

}
