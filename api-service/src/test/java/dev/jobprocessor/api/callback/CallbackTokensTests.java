package dev.jobprocessor.api.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackTokensTests {

    private static final String JOB = "6925f0a1c3b2a40f5d1e7a01";

    private static final Instant DEADLINE = Instant.parse("2026-11-24T10:30:15.042Z");

    private static final Duration GRACE = Duration.ofDays(30);

    private static final Instant EXPIRY = Instant.parse("2026-12-24T10:30:15Z");

    /**
     * Of the attempt 2, as the version before tokens expired made it with the secret
     * sesame.
     */
    private static final String EARLIER = "hVOoWMD9R7dZueQU972GPUwFeaMWgqULiD0zqL4JupM";

    private final CallbackTokens tokens = tokens("sesame");

    @Test
    void isOfOneAttemptOfOneJob() {
        String token = this.tokens.of(JOB, 2, DEADLINE);
        assertThat(this.tokens.indexOf(token, JOB, 2)).isZero();
        assertThat(this.tokens.indexOf(token, JOB, 1)).isEqualTo(-1);
        assertThat(this.tokens.indexOf(token, JOB, 22)).isEqualTo(-1);
        assertThat(this.tokens.indexOf(token, JOB.replace('a', 'b'), 2)).isEqualTo(-1);
        assertThat(tokens("another").indexOf(token, JOB, 2)).isEqualTo(-1);
    }

    @Test
    void isRefusedWhateverOfItIsChangedOrCut() {
        String token = this.tokens.of(JOB, 2, DEADLINE);
        Stream<String> cut = IntStream.range(0, token.length()).mapToObj((end) -> token.substring(0, end));
        Stream<String> changed = IntStream.range(0, token.length())
            .mapToObj((i) -> token.substring(0, i) + ((token.charAt(i) == '1') ? '2' : '1') + token.substring(i + 1));
        assertThat(Stream.concat(cut, changed)).allMatch((other) -> this.tokens.indexOf(other, JOB, 2) == -1);
        assertThat(Stream.of("0" + token, "+" + token, " " + token, token + "A", token + "=", token + " ", "." + token,
                token.substring(token.indexOf('.') + 1)))
            .allMatch((other) -> this.tokens.indexOf(other, JOB, 2) == -1);
    }

    @Test
    void expiresAfterTheGraceThatFollowsTheDeadline() {
        String token = this.tokens.of(JOB, 2, DEADLINE);
        assertThat(tokens(EXPIRY.minusMillis(1), "sesame").expired(token)).isNull();
        assertThat(tokens(EXPIRY, "sesame").expired(token)).isEqualTo(EXPIRY);
    }

    @Test
    void isMadeWithTheNewestSecretAndAcceptedByTheOlder() {
        String token = tokens("newer", "sesame").of(JOB, 2, DEADLINE);
        assertThat(tokens("newer").indexOf(token, JOB, 2)).isZero();
        assertThat(tokens("newest", "newer").indexOf(token, JOB, 2)).isEqualTo(1);
        assertThat(tokens("newest", "sesame").indexOf(token, JOB, 2)).isEqualTo(-1);
    }

    @Test
    void isAcceptedAsEarlierVersionsMadeIt() {
        assertThat(this.tokens.indexOf(EARLIER, JOB, 2)).isZero();
        assertThat(this.tokens.indexOf(EARLIER, JOB, 1)).isEqualTo(-1);
        assertThat(this.tokens.expired(EARLIER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "1.", "99999999999999999999.x", "-1.x" })
    void hasNoOtherForm(String text) {
        assertThat(this.tokens.indexOf(text, JOB, 2)).isEqualTo(-1);
        assertThat(this.tokens.expired(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://api/c?job=1&token=1.aB-_9 failed   | http://api/c?job=1&token=*** failed
            token=a&token=b                           | token=***&token=***
            %26TOKEN%3D1.a%26                         | %26TOKEN%3D***%26
            a token is not a token = b                | a token is not a token = b
            tokens=1                                  | tokens=1
            """)
    void isMaskedInTexts(String text, String masked) {
        assertThat(CallbackTokens.mask(text)).isEqualTo(masked);
    }

    private static CallbackTokens tokens(String... secrets) {
        return tokens(DEADLINE, secrets);
    }

    private static CallbackTokens tokens(Instant now, String... secrets) {
        return new CallbackTokens(new WebhookSettings("unused", List.of(secrets), GRACE),
                Clock.fixed(now, ZoneOffset.UTC));
    }

}
