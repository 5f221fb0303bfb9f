package dev.jobprocessor.api.callback;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Counts the calls that each secret authenticated, so that one is removed only when it is
 * unused.
 */
@Component
class WebhookMetrics {

    private final List<List<Counter>> calls;

    WebhookMetrics(MeterRegistry registry, WebhookSettings settings) {
        this.calls = Stream.of(Credential.values())
            .map((credential) -> IntStream.rangeClosed(1, settings.accepted().size())
                .mapToObj((position) -> counter(registry, credential, position))
                .toList())
            .toList();
    }

    private static Counter counter(MeterRegistry registry, Credential credential, int position) {
        return Counter.builder("webhook.calls")
            .description("Calls of workers and workflows by what authenticated them")
            .tag("credential", credential.name().toLowerCase(Locale.ROOT))
            .tag("secret", String.valueOf(position))
            .register(registry);
    }

    /**
     * Counts a call.
     * @param secret the index of the secret
     */
    void accepted(Credential credential, int secret) {
        this.calls.get(credential.ordinal()).get(secret).increment();
    }

    enum Credential {

        /** The secret itself, in the header. */
        SECRET,

        /** A token of a callbackUrl, which was made with it. */
        TOKEN,

        /** A signature of the body, which was made with it. */
        SIGNATURE

    }

}
