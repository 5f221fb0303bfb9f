package dev.jobprocessor.worker.callback;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the webhook calls that report results to the API.
 *
 * @param url the webhook; slashes at its end are dropped, and a URL without a path gets
 * the API's path
 * @param secret the shared secret that authenticates calls
 * @param secrets where there are any, in place of the one: those that the API accepts,
 * newest first, of which the first authenticates calls
 * @param timeout read timeout of a call
 * @param maxConcurrency how many calls run at once
 * @param retryFor how long a call is retried before the result is parked
 * @param retryDelay delay before the first retry; doubled before each further one
 * @param maxRetryDelay upper bound of the delay between retries
 * @param holdParked how long a parked result is retried before it is requeued: far less
 * than RabbitMQ's consumer timeout of 30 minutes
 */
@ConfigurationProperties("worker.callback")
@Validated
public record CallbackSettings(@NotNull @Pattern(regexp = "https?://.+") String url, @NotBlank String secret,
        @DefaultValue List<String> secrets, @DefaultValue("5s") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("2") @Min(1) int maxConcurrency, @DefaultValue("10s") @DurationMin Duration retryFor,
        @DefaultValue("200ms") @DurationMin(millis = 1) Duration retryDelay,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration maxRetryDelay,
        @DefaultValue("1m") @DurationMin Duration holdParked) {

    static final String DEFAULT_SECRET = "local-webhook-secret";

    private static final String PRINTABLE = "[ -~]*";

    private static final String PATH = "/jobs/webhook/callback";

    public CallbackSettings {
        url = (url != null) ? withPath(StringUtils.trimTrailingCharacter(url.strip(), '/')) : url;
        // Not by annotations: their messages would show the secrets.
        Assert.isTrue(secret == null || secret.matches(PRINTABLE),
                "worker.callback.secret must be printable ASCII: it is sent in a header");
        Assert.isTrue(secrets.stream().allMatch((each) -> each.matches(PRINTABLE) && !each.isBlank()),
                "worker.callback.secrets must be printable ASCII, and none empty: the first is sent in a header");
    }

    private static String withPath(String url) {
        try {
            URI uri = URI.create(url);
            Assert.isTrue(uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null,
                    "Only host, port and path");
            return uri.getRawPath() != null && uri.getRawPath().isEmpty() ? url + PATH : url;
        }
        catch (IllegalArgumentException ex) {
            // Without the value, which may hold a password.
            throw new IllegalArgumentException("worker.callback.url must be a URL such as http://localhost:3000" + PATH
                    + ", without user, query and fragment");
        }
    }

    /** Authenticates calls. */
    @Override
    public String secret() {
        return this.secrets.isEmpty() ? this.secret : this.secrets.getFirst();
    }

    /** Timeout of a whole call, which carries up to 1 MiB. */
    Duration callTimeout() {
        return this.timeout.multipliedBy(6);
    }

    BackOffExecution startRetries() {
        ExponentialBackOff backOff = new ExponentialBackOff(this.retryDelay.toMillis(), 2);
        backOff.setJitter(this.retryDelay.toMillis() / 2);
        backOff.setMaxInterval(this.maxRetryDelay.toMillis());
        return backOff.start();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "CallbackSettings[url=%s]".formatted(this.url);
    }

}
