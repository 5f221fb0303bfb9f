package dev.jobprocessor.api.callback;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads texts as the URL of a callback, with its token, and as a text that quotes one.
 */
public final class TokenInput {

    private static final CallbackTokens TOKENS = new CallbackTokens(
            new WebhookSettings("unused", List.of("newer", "older"), Duration.ofDays(30)), Clock.systemUTC());

    private TokenInput() {
    }

    public static void read(String text) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setQueryString(text);
        CallbackUrl url = CallbackUrl.of(request);
        for (String token : (url.token() != null) ? List.of(text, url.token()) : List.of(text)) {
            assertThat(TOKENS.indexOf(token, "1", 1)).isEqualTo(-1);
            TOKENS.expired(token);
        }
        assertThat(CallbackTokens.mask(text)).doesNotContainPattern("(?i)(?<![a-z])token=[\\w.-]");
    }

}
