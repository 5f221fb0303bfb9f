package dev.jobprocessor.api;

import java.io.File;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

import dev.jobprocessor.testing.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@KeysRequiredIntegrationTest
class SignInIntegrationTests {

    private static final String KEY = KeysRequiredIntegrationTest.ADMIN_KEY;

    private static final String SESSION = "session";

    private static final String SIGN_IN = "sign-in";

    private static final String SESSIONS = "sessions";

    @Autowired
    private ApiClient api;

    @Autowired
    private TestIssuer issuer;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private TcpProxy databaseProxy;

    @LocalServerPort
    private int port;

    @BeforeEach
    void endSessions() {
        this.mongo.remove(new Query(), SESSIONS);
    }

    @Test
    void saysHowAnybodySignsIn() {
        JsonNode session = browser().session();

        assertThat(session.path("access").asString()).isEqualTo("required");
        assertThat(session.path("roles")).isEmpty();
        assertThat(session.path("issuer").asString()).isEqualTo("Example ID");
        assertThat(session.has("name")).isFalse();
    }

    @Test
    void signsInByAKey() {
        Browser browser = browser();
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);

        HttpResponse<String> signedIn = browser.signIn(KEY);

        assertThat(signedIn.statusCode()).isEqualTo(204);
        assertThat(cookie(signedIn, SESSION)).contains("HttpOnly", "SameSite=Lax", "Path=/")
            .doesNotContain("Secure", "Domain");
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(200);
        assertThat(browser.session().path("name").asString()).isEqualTo("key:admin");
        assertThat(browser.post("/jobs", Map.of("prompt", "a")).statusCode()).isEqualTo(201);
    }

    @Test
    void bindsTheCookieToTheHostOverHttps() {
        Browser browser = new Browser(this.port, true);

        HttpResponse<String> signedIn = browser.signIn(KEY);

        assertThat(cookie(signedIn, "__Host-session")).contains("HttpOnly", "Secure", "Path=/")
            .doesNotContain("Domain");
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(200);
        assertThat(browser.cookie(SESSION)).isEmpty();
    }

    @Test
    void refusesWhatIsNoKey() {
        assertThat(browser().signIn("jp_guess").statusCode()).isEqualTo(401);
        assertThat(browser().signIn("").statusCode()).isEqualTo(400);
        assertThat(browser().signIn("a".repeat(201)).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesCallsThatOtherSitesForge() {
        Browser browser = browser();
        browser.signIn(KEY);

        HttpResponse<String> forged = browser.forge("POST", "/jobs", Map.of("prompt", "a"));

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("X-XSRF-TOKEN");
        assertThat(browser.forge("DELETE", "/session", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser().forge("POST", "/session", Map.of("key", KEY)).statusCode()).isEqualTo(403);
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(200);
    }

    /** A browser adds a password that a proxy asked for by itself. */
    @Test
    void takesNoPasswordForProofThatACallIsNotForged() {
        Browser browser = browser();
        browser.signIn(KEY);

        ResponseEntity<JsonNode> forged = this.api
            .post("/jobs", Map.of("prompt", "a"), Map.of(HttpHeaders.AUTHORIZATION, "Basic YTpi", HttpHeaders.COOKIE,
                    SESSION + "=" + browser.cookie(SESSION)))
            .retrieve()
            .toEntity(JsonNode.class);

        assertThat(forged.getStatusCode().value()).isEqualTo(403);
    }

    @Test
    void setsNoCookieForCallsWithAKeyAndNeedsNoTokenOfAPage() {
        ResponseEntity<JsonNode> submitted = this.api
            .post("/jobs", Map.of("prompt", "a"), Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + KEY))
            .retrieve()
            .toEntity(JsonNode.class);

        assertThat(submitted.getStatusCode().value()).isEqualTo(201);
        assertThat(submitted.getHeaders().get(HttpHeaders.SET_COOKIE)).isNull();
    }

    @Test
    void givesEverySignInAnotherSession() {
        Browser browser = browser();
        browser.setCookie(SESSION, "00000000-0000-0000-0000-000000000000");
        browser.signIn(KEY);
        String first = browser.cookie(SESSION);
        assertThat(first).isNotEqualTo("00000000-0000-0000-0000-000000000000");

        browser.signIn(KEY);

        assertThat(browser.cookie(SESSION)).isNotEqualTo(first);
        Browser thief = browser();
        thief.setCookie(SESSION, first);
        assertThat(thief.get("/jobs").statusCode()).isEqualTo(401);
    }

    @Test
    void endsTheSessionOfARevokedKey() {
        JsonNode created = Objects.requireNonNull(
                this.api
                    .post("/api-keys", Map.of("name", "ops", "roles", List.of("operator")),
                            Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + KEY))
                    .retrieve()
                    .body(JsonNode.class));
        Browser browser = browser();
        browser.signIn(created.path("key").asString());
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(200);

        this.api.call(HttpMethod.DELETE, "/api-keys/" + created.path("id").asString(), KEY);

        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);
        assertThat(browser.session().path("roles")).isEmpty();
    }

    @Test
    void signsOutEverywhere() {
        Browser browser = browser();
        browser.signIn(KEY);
        Browser copy = browser();
        copy.setCookie(SESSION, browser.cookie(SESSION));
        assertThat(copy.get("/jobs").statusCode()).isEqualTo(200);

        assertThat(browser.delete("/session").statusCode()).isEqualTo(200);

        assertThat(copy.get("/jobs").statusCode()).isEqualTo(401);
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);
    }

    @Test
    void storesNeitherKeysNorIdsAndIsNotExtendedByUse() {
        Browser browser = browser();
        browser.signIn(KEY);
        List<Document> before = sessions();

        browser.get("/jobs");

        assertThat(before).isEqualTo(sessions());
        assertThat(before.toString()).doesNotContain(KEY, browser.cookie(SESSION));
        this.mongo.updateMulti(new Query(), Update.update("expiresAt", new Date()), SESSIONS);
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void endsSessionsThatItCannotRead(byte[] attributes) {
        Browser browser = browser();
        browser.signIn(KEY);
        this.mongo.updateMulti(new Query(), Update.update("attributes", attributes), SESSIONS);

        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);
        assertThat(sessions()).isEmpty();
    }

    /** Neither what is no object, nor one that has no place in a session. */
    static Stream<byte[]> foreign() {
        return Stream.of(new byte[] { 1, 2, 3 },
                new SerializingConverter().convert(new HashMap<>(Map.of("key", new File("/tmp")))));
    }

    @Test
    void reportsThatSessionsCannotBeReadAndKeepsThem() {
        Browser browser = browser();
        browser.signIn(KEY);
        this.databaseProxy.refuse();
        await().untilAsserted(() -> {
            HttpResponse<String> response = browser.get("/queues");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        });

        this.databaseProxy.resume();
        await().untilAsserted(() -> assertThat(browser.get("/jobs").statusCode()).isEqualTo(200));
    }

    @Test
    void signsPeopleInByTheIssuer() {
        Browser browser = browser();

        assertThat(signInByIssuer(browser, "operator")).isEqualTo("/");

        JsonNode session = browser.session();
        assertThat(session.path("name").asString()).isEqualTo("7c9e6679");
        assertThat(session.path("displayName").asString()).isEqualTo("Olga Operator");
        assertThat(session.path("roles").toString()).contains("operator", "viewer").doesNotContain("admin");
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(200);
        assertThat(browser.get("/api-keys").statusCode()).isEqualTo(403);
        JsonNode signedOut = browser.json(browser.delete("/session"));
        assertThat(signedOut.path("location").asString()).startsWith(this.issuer.uri() + "/end?id_token_hint=");
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);
    }

    @Test
    void letsAdminsOfTheIssuerRevokeTheLastKeyOfOne() {
        Browser browser = browser();
        signInByIssuer(browser, "admin");
        browser.session();
        List<String> revoked = browser.json(browser.get("/api-keys"))
            .valueStream()
            .filter((key) -> !key.has("revokedAt"))
            .map((key) -> key.path("id").asString())
            .toList();

        assertThat(revoked)
            .allSatisfy((id) -> assertThat(browser.delete("/api-keys/" + id).statusCode()).isEqualTo(204));

        assertThat(this.api.call(HttpMethod.GET, "/api-keys", KEY).getStatusCode().value()).isEqualTo(401);
        Query ofTheService = Query.query(Criteria.where("createdBy").exists(false));
        this.mongo.updateMulti(ofTheService, new Update().unset("revokedAt"), "api-keys");
        await().until(() -> this.api.call(HttpMethod.GET, "/api-keys", KEY).getStatusCode().value() == 200);
    }

    @Test
    void signsNobodyInWithoutARole() {
        Browser browser = browser();

        assertThat(signInByIssuer(browser, "offline_access")).isEqualTo("/?sign-in=no-role");

        assertThat(browser.get("/jobs").statusCode()).isEqualTo(401);
    }

    @Test
    void signsNobodyInWhoDidNotAskForIt() {
        Browser victim = browser();
        this.issuer.signsIn(this.issuer.claims());

        HttpResponse<String> refused = victim.get("/session/oidc/callback?code=attackers&state=invented");

        assertThat(path(refused)).isEqualTo("/?sign-in=failed");
        assertThat(victim.get("/jobs").statusCode()).isEqualTo(401);
    }

    @Test
    void storesNothingForWhoeverBeginsToSignIn() {
        Browser browser = browser();

        HttpResponse<String> start = browser.get("/session/oidc");

        assertThat(sessions()).isEmpty();
        assertThat(browser.cookie(SESSION)).isEmpty();
        assertThat(cookie(start, SIGN_IN)).contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600")
            .doesNotContain("Secure", "Domain");
        assertThat(cookie(new Browser(this.port, true).get("/session/oidc"), "__Host-" + SIGN_IN)).contains("Secure");
    }

    @Test
    void usesWhatABrowserAskedWithOnce() {
        Browser browser = browser();
        signInByIssuer(browser, "operator");

        assertThat(browser.cookie(SIGN_IN)).isEmpty();
        assertThat(sessions()).hasSize(1);
        assertThat(path(browser.get("/session/oidc/callback?code=a&state=again"))).isEqualTo("/?sign-in=failed");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "bm8ganNvbg==", "bnVsbA==", "e30=", "W10=", "eyJhZGRyZXNzIjoiIn0=" })
    void signsNobodyInByAMalformedCookie(String value) {
        Browser browser = browser();
        browser.setCookie(SIGN_IN, value);
        this.issuer.signsIn(this.issuer.claims());

        assertThat(path(browser.get("/session/oidc/callback?code=a&state=a"))).isEqualTo("/?sign-in=failed");
        assertThat(sessions()).isEmpty();
    }

    @Test
    void signsNobodyInByWhatAnotherBrowserAskedWith() {
        Browser attacker = browser();
        String state = query(attacker.get("/session/oidc")).getOrDefault("state", "");
        Browser victim = browser();
        victim.get("/session/oidc");
        this.issuer.signsIn(this.issuer.claims());

        HttpResponse<String> refused = victim.get("/session/oidc/callback?code=attackers&state=" + state);

        assertThat(path(refused)).isEqualTo("/?sign-in=failed");
        assertThat(sessions()).isEmpty();
    }

    @Test
    void acceptsAccessTokensOfTheIssuer() {
        String token = this.issuer.sign(this.issuer.claims().build());
        assertThat(this.api.call(HttpMethod.GET, "/jobs", token).getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.call(HttpMethod.GET, "/api-keys", token).getStatusCode().value()).isEqualTo(403);

        ResponseEntity<JsonNode> refused = this.api.call(HttpMethod.GET, "/jobs",
                this.issuer.sign(this.issuer.claims().audience("another-service").build()));

        assertThat(refused.getStatusCode().value()).isEqualTo(401);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
            .isEqualTo("Bearer error=\"invalid_token\"");
    }

    /** Where the page is led in the end. */
    private String signInByIssuer(Browser browser, String role) {
        HttpResponse<String> start = browser.get("/session/oidc");
        assertThat(start.statusCode()).isEqualTo(302);
        Map<String, String> asked = query(start);
        assertThat(asked).containsEntry("code_challenge_method", "S256").containsKeys("code_challenge", "nonce");
        this.issuer.signsIn(this.issuer.claims()
            .claim("nonce", asked.get("nonce"))
            .claim("name", "Olga Operator")
            .claim("realm_access", Map.of("roles", List.of(role))));
        String before = browser.cookie(SESSION);
        HttpResponse<String> end = browser.get("/session/oidc/callback?code=a&state=" + asked.get("state"));
        assertThat(path(end).contains("?") || !browser.cookie(SESSION).equals(before)).isTrue();
        return path(end);
    }

    private static Map<String, String> query(HttpResponse<String> redirect) {
        return UriComponentsBuilder.fromUriString(location(redirect))
            .build()
            .getQueryParams()
            .toSingleValueMap()
            .entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, (entry) -> Objects.requireNonNullElse(entry.getValue(), "")));
    }

    private static String path(HttpResponse<String> redirect) {
        URI location = URI.create(location(redirect));
        return location.getPath() + ((location.getQuery() != null) ? "?" + location.getQuery() : "");
    }

    private static String location(HttpResponse<String> redirect) {
        return redirect.headers().firstValue("Location").orElseThrow();
    }

    private List<Document> sessions() {
        return this.mongo.findAll(Document.class, SESSIONS);
    }

    private Browser browser() {
        return new Browser(this.port, false);
    }

    private static String cookie(HttpResponse<String> response, String name) {
        return Browser.setCookies(response)
            .stream()
            .filter((cookie) -> cookie.startsWith(name + "="))
            .findFirst()
            .orElseThrow();
    }

}
