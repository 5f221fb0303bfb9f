package dev.jobprocessor.api.access;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The OpenID provider, whose addresses are looked up when they are first needed: it may
 * be unavailable at the start and later. While it is, it is asked again every
 * {@link #PAUSE}, and its keys serve for {@link #OUTAGE} more.
 */
class Issuer implements JwtDecoder {

    /** How the dashboard's redirect addresses call the issuer. */
    static final String ID = "oidc";

    static final Duration PAUSE = Duration.ofSeconds(5);

    static final Duration OUTAGE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Issuer.class);

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private static final Duration READ = Duration.ofSeconds(5);

    private static final int MAX_KEYS_BYTES = 512 * 1024;

    private final OidcSettings settings;

    private final TokenClaims claims;

    private final Duration keysInterval;

    private final LongSupplier nanoTime;

    private final ReentrantLock discovery = new ReentrantLock();

    private volatile @Nullable Known known;

    private volatile @Nullable Long failedAt;

    /**
     * @param keysInterval the shortest time between two reads of the issuer's keys:
     * tokens with invented key ids must not turn into a load on it
     */
    Issuer(OidcSettings settings, TokenClaims claims, Duration keysInterval, LongSupplier nanoTime) {
        this.settings = settings;
        this.claims = claims;
        this.keysInterval = keysInterval;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws IssuerUnavailable if it has not been reached yet
     */
    @Override
    public Jwt decode(String token) {
        return known().tokens().decode(token);
    }

    /**
     * The dashboard as its client.
     * @throws IssuerUnavailable if it has not been reached yet
     */
    ClientRegistration client() {
        return known().client();
    }

    private Known known() {
        Known known = this.known;
        return (known != null) ? known : discoverOnce();
    }

    private Known discoverOnce() {
        if (!acquire()) {
            throw new IssuerUnavailable();
        }
        try {
            Known known = this.known;
            return (known != null) ? known : discover();
        }
        finally {
            this.discovery.unlock();
        }
    }

    /** Not for long: everybody who has a token waits here. */
    private boolean acquire() {
        try {
            return this.discovery.tryLock(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Known discover() {
        Long failed = this.failedAt;
        if (failed != null && this.nanoTime.getAsLong() - failed < PAUSE.toNanos()) {
            throw new IssuerUnavailable();
        }
        try {
            ClientRegistration client = register();
            Known found = new Known(client,
                    decoder(Objects.requireNonNull(client.getProviderDetails().getJwkSetUri(), "it has no jwks_uri")));
            this.known = found;
            return found;
        }
        catch (RuntimeException ex) {
            this.failedAt = this.nanoTime.getAsLong();
            log.warn("The issuer {} is unavailable, its tokens are refused until it is reached: {}",
                    this.settings.issuerUri(), ex.getMessage());
            throw new IssuerUnavailable(ex);
        }
    }

    private ClientRegistration register() {
        ClientRegistration.Builder client = ClientRegistrations.fromIssuerLocation(this.settings.issuerUri())
            .registrationId(ID)
            .clientId(this.settings.signsIn() ? this.settings.clientId() : this.settings.audience())
            .redirectUri("{baseUrl}/session/oidc/callback")
            .scope("openid", "profile");
        return this.settings.clientSecret().isEmpty()
                ? client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
                : client.clientSecret(this.settings.clientSecret()).build();
    }

    private JwtDecoder decoder(String keys) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys(keys))
            .jwsAlgorithms((algorithms) -> algorithms.addAll(List.of(SignatureAlgorithm.values())))
            .build();
        decoder.setJwtValidator(validator());
        return decoder;
    }

    private JWKSource<SecurityContext> keys(String address) {
        DefaultResourceRetriever http = new DefaultResourceRetriever((int) CONNECT.toMillis(), (int) READ.toMillis(),
                MAX_KEYS_BYTES);
        return JWKSourceBuilder.create(url(address), http)
            .refreshAheadCache(false)
            .rateLimited(this.keysInterval.toMillis())
            .outageTolerant(OUTAGE.toMillis())
            .build();
    }

    private static URL url(String address) {
        try {
            return URI.create(address).toURL();
        }
        catch (MalformedURLException ex) {
            throw new IllegalArgumentException(ex);
        }
    }

    private OAuth2TokenValidator<Jwt> validator() {
        JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt");
        types.setAllowEmpty(true);
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        return JwtValidators.createDefaultWithValidators(List.of(types, times,
                new JwtIssuerValidator(this.settings.issuerUri()), new JwtAudienceValidator(this.settings.audience()),
                new JwtClaimValidator<>(this.claims.nameClaim(), this::isName)));
    }

    private boolean isName(@Nullable Object name) {
        return name != null && this.claims.haveName(Map.of(this.claims.nameClaim(), name));
    }

    private record Known(ClientRegistration client, JwtDecoder tokens) {
    }

}
