package dev.jobprocessor.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

import dev.jobprocessor.api.TestIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class IssuerTests {

    private static final long SKEW = 60;

    private final TestIssuer remote = new TestIssuer();

    private final AtomicLong nanoTime = new AtomicLong();

    private final Issuer issuer = issuer(Duration.ofMillis(1));

    @AfterEach
    void stop() {
        this.remote.close();
    }

    @Test
    void acceptsItsOwnTokens() {
        assertThat(this.issuer.decode(token(this.remote.claims())).getSubject()).isEqualTo("7c9e6679");
    }

    @Test
    void acceptsTokensOfAKeyThatItChangedTo() {
        String before = token(this.remote.claims());
        this.issuer.decode(before);
        this.remote.rotate();

        await().ignoreExceptions()
            .untilAsserted(() -> assertThat(this.issuer.decode(token(this.remote.claims())).getSubject())
                .isEqualTo("7c9e6679"));

        assertRefused(() -> this.issuer.decode(before));
    }

    @Test
    void refusesTokensForOthers() {
        assertRefused(this.remote.claims().audience("another-service"));
        assertRefused(this.remote.claims().audience((String) null));
        assertRefused(this.remote.claims().audience(TestIssuer.CLIENT));
    }

    @Test
    void refusesTokensOfOthers() {
        assertRefused(this.remote.claims().issuer(this.remote.uri() + "/another-realm"));
        assertRefused(() -> this.issuer
            .decode(TestIssuer.sign(this.remote.claims().build(), TestIssuer.newKey(this.remote.key().getKeyID()))));
    }

    @Test
    void toleratesAMinuteOfClockSkewAndNoMore() {
        this.issuer.decode(token(expiring(-SKEW + 5)));
        assertRefused(expiring(-SKEW - 5));
        this.issuer.decode(token(this.remote.claims().notBeforeTime(in(SKEW - 5))));
        assertRefused(this.remote.claims().notBeforeTime(in(SKEW + 5)));
    }

    @Test
    void refusesTokensThatNeverExpire() {
        assertRefused(this.remote.claims().expirationTime(null));
    }

    @Test
    void refusesTokensWithoutAName() {
        assertRefused(this.remote.claims().subject(null));
        assertRefused(this.remote.claims().subject(" "));
        assertRefused(this.remote.claims().subject("key:admin"));
        assertRefused(this.remote.claims().subject("a".repeat(TokenClaims.MAX_NAME_LENGTH + 1)));
        this.issuer.decode(token(this.remote.claims().subject("a".repeat(TokenClaims.MAX_NAME_LENGTH))));
    }

    @Test
    void refusesUnsignedTokens() {
        assertRefused(() -> this.issuer.decode(new PlainJWT(this.remote.claims().build()).serialize()));
    }

    @Test
    void refusesTokensThatAreSignedWithThePublicKeyAsASecret() throws Exception {
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(this.remote.key().getKeyID()).build(),
                this.remote.claims().build());
        forged.sign(new MACSigner(this.remote.key().toRSAPublicKey().getEncoded()));

        assertRefused(() -> this.issuer.decode(forged.serialize()));
    }

    @Test
    void mayBeUnavailableAtTheStart() {
        this.remote.close();
        String token = token(this.remote.claims());
        assertThatExceptionOfType(IssuerUnavailable.class).isThrownBy(() -> this.issuer.decode(token));

        this.remote.restart();
        assertThatExceptionOfType(IssuerUnavailable.class).isThrownBy(() -> this.issuer.decode(token));

        this.nanoTime.addAndGet(Issuer.PAUSE.toNanos());
        assertThat(this.issuer.decode(token).getSubject()).isEqualTo("7c9e6679");
    }

    @Test
    void acceptsTokensOfKeysItKnowsWhileTheIssuerIsUnavailable() {
        this.issuer.decode(token(this.remote.claims()));
        this.remote.close();

        assertThat(this.issuer.decode(token(this.remote.claims())).getSubject()).isEqualTo("7c9e6679");
    }

    @Test
    void refusesToJudgeUnknownKeysWhileTheIssuerIsUnavailable() {
        this.issuer.decode(token(this.remote.claims()));
        this.remote.close();
        this.remote.rotate();

        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> this.issuer.decode(token(this.remote.claims())));
    }

    @Test
    void doesNotReadTheKeysForEveryUnknownOne() {
        Issuer bounded = issuer(Duration.ofMinutes(1));
        bounded.decode(token(this.remote.claims()));
        String invented = TestIssuer.sign(this.remote.claims().build(), TestIssuer.newKey("invented"));
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(JwtException.class).isThrownBy(() -> bounded.decode(invented));
        }

        assertThat(this.remote.keyReads()).isLessThanOrEqualTo(2);
    }

    private Issuer issuer(Duration keysInterval) {
        OidcSettings settings = new OidcSettings(this.remote.uri(), TestIssuer.AUDIENCE, "realm_access.roles", "sub",
                "", "", "");
        return new Issuer(settings, new TokenClaims(settings), keysInterval, this.nanoTime::get);
    }

    private void assertRefused(JWTClaimsSet.Builder claims) {
        assertRefused(() -> this.issuer.decode(token(claims)));
    }

    private static void assertRefused(ThrowingCallable decoding) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(decoding);
    }

    private String token(JWTClaimsSet.Builder claims) {
        return this.remote.sign(claims.build());
    }

    private JWTClaimsSet.Builder expiring(long seconds) {
        return this.remote.claims().issueTime(in(-3600)).expirationTime(in(seconds));
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

}
