package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackSignaturesTests {

    /**
     * The key, id, timestamp, payload and signature that the specification's libraries
     * are tested with.
     */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    private static final String BODY = "{\"test\": 2432232314}";

    private final CallbackSignatures signatures = signatures("newer", SECRET);

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void signsAsThePublishedVectorSays() throws Exception {
        assertThat(new Webhook(SECRET).sign(ID, 1614265330, BODY))
            .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesABodySignedByOneOfTheSecretsAndLetsItBeReadAgain() throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        assertThat(this.signatures.indexOf(signed)).isEqualTo(1);
        assertThat(signed.getInputStream().readAllBytes()).asString().isEqualTo(BODY);
        assertThat(signatures("other").indexOf(signed(SECRET, Duration.ZERO))).isEqualTo(-1);
    }

    @Test
    void takesATextAsKey() throws Exception {
        // Base64 of "newer"
        assertThat(this.signatures.indexOf(signed("whsec_bmV3ZXI=", Duration.ZERO))).isZero();
    }

    @Test
    void takesOneOfSeveralSignatures() throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        String wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
        replace("webhook-signature",
                wrong + " " + wrong.replace("v1", "v2") + " " + signed.getHeader("webhook-signature"));
        assertThat(this.signatures.indexOf(signed)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({ "-300, 1", "-301, -1", "300, 1", "301, -1" })
    void takesASignatureForFiveMinutes(int seconds, int index) throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        Instant time = Instant.ofEpochSecond(Long.parseLong(signed.getHeader("webhook-timestamp")));
        Clock clock = Clock.fixed(time.minusSeconds(seconds), ZoneOffset.UTC);
        assertThat(signatures(clock, "newer", SECRET).indexOf(signed)).isEqualTo(index);
    }

    /** The library has a clock of its own. */
    @ParameterizedTest
    @ValueSource(ints = { -330, 330 })
    void takesNoneThatIsNotCurrent(int seconds) throws Exception {
        assertThat(this.signatures.indexOf(signed(SECRET, Duration.ofSeconds(seconds)))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "webhook-id", "webhook-timestamp", "webhook-signature" })
    void takesNoneWithoutAHeader(String name) throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        this.request.removeHeader(name);
        assertThat(this.signatures.indexOf(signed)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            webhook-id        | another
            webhook-timestamp | soon
            webhook-timestamp | 99999999999999999999
            webhook-signature | ,
            webhook-signature | v1
            webhook-signature | v1,
            webhook-signature | v1,invalid_signature
            """)
    void takesNoneWithAnotherHeader(String name, String value) throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        replace(name, value);
        assertThat(this.signatures.indexOf(signed)).isEqualTo(-1);
    }

    @Test
    void takesNoneOfAnotherVersionBodyOrUrl() throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        this.request.setQueryString("job=another&attempt=1");
        assertThat(this.signatures.indexOf(signed)).isEqualTo(-1);
        this.request.setQueryString(null);
        this.request.setContent((BODY + " ").getBytes(StandardCharsets.UTF_8));
        assertThat(this.signatures.indexOf(signed)).isEqualTo(-1);
        this.request.setContent(BODY.getBytes(StandardCharsets.UTF_8));
        replace("webhook-signature", String.valueOf(signed.getHeader("webhook-signature")).replace("v1", "v2"));
        assertThat(this.signatures.indexOf(signed)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({ "256, 1", "257, -1" })
    void takesIdsOf256Characters(int length, int index) throws Exception {
        assertThat(this.signatures.indexOf(signed(SECRET, Duration.ZERO, BODY, "i".repeat(length)))).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource({ "976, 1", "977, -1" })
    void takesSignaturesOf1024Characters(int length, int index) throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        replace("webhook-signature", signed.getHeader("webhook-signature") + " " + "x".repeat(length));
        assertThat(this.signatures.indexOf(signed)).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            webhook-id        | two words
            webhook-timestamp | 1614265330
            webhook-signature | v1,g0hM9SsE
            """)
    void readsNoBodyWhoseHeadersCannotBeThoseOfASignature(String name, String value) throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO);
        replace(name, value);
        assertThat(this.signatures.indexOf(signed)).isEqualTo(-1);
        assertThat(signed.getInputStream().readAllBytes()).asString().isEqualTo(BODY);
    }

    @Test
    void hasParsedWhatWasVerified() throws Exception {
        ReplayedRequest signed = signed(SECRET, Duration.ZERO, "{\"a\":\"\ufffd\"}");
        this.request.setContent("{\"a\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(this.signatures.indexOf(signed)).isEqualTo(1);
        assertThat(signed.getInputStream().readAllBytes()).asString(StandardCharsets.UTF_8)
            .isEqualTo("{\"a\":\"\ufffd\"}");
    }

    private ReplayedRequest signed(String secret, Duration offset) throws WebhookSigningException {
        return signed(secret, offset, BODY);
    }

    private ReplayedRequest signed(String secret, Duration offset, String body) throws WebhookSigningException {
        return signed(secret, offset, body, ID);
    }

    private ReplayedRequest signed(String secret, Duration offset, String body, String id)
            throws WebhookSigningException {
        long timestamp = Instant.now().plus(offset).getEpochSecond();
        this.request.setContent(body.getBytes(StandardCharsets.UTF_8));
        replace("webhook-id", id);
        replace("webhook-timestamp", String.valueOf(timestamp));
        replace("webhook-signature", new Webhook(secret).sign(id, timestamp, body));
        return new ReplayedRequest(this.request);
    }

    private void replace(String header, String value) {
        this.request.removeHeader(header);
        this.request.addHeader(header, value);
    }

    private static CallbackSignatures signatures(String... secrets) {
        return signatures(Clock.systemUTC(), secrets);
    }

    private static CallbackSignatures signatures(Clock clock, String... secrets) {
        return new CallbackSignatures(new WebhookSettings("unused", List.of(secrets), Duration.ZERO), clock);
    }

}
