package dev.jobprocessor.worker.processing;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The endpoint for chat completions.
 *
 * @param url the whole URL, with the query of the base URL
 */
record ChatEndpoint(URI url) {

    private static final String PROPERTY = "worker.openai.base-url";

    /**
     * Accepts a base URL as providers document it: up to {@code /v1}, up to an Azure
     * deployment, or complete, with or without a query.
     * @throws InvalidConfigurationPropertyValueException if no calls can be made to it
     */
    static ChatEndpoint of(String baseUrl) {
        URI base = parse(baseUrl.strip());
        String path = StringUtils.trimTrailingCharacter(base.getRawPath(), '/');
        if (path.endsWith("/responses") || path.endsWith("/completions") && !path.endsWith("/chat/completions")) {
            throw refused(shown(base),
                    "This is another interface. Write the URL up to /v1, or up to /chat/completions.");
        }
        if (path.isEmpty() && base.getHost().endsWith(".azure.com")) {
            throw refused(shown(base), "Write https://%s/openai/v1/".formatted(base.getHost()));
        }
        String whole = path.endsWith("/chat/completions") ? path : path + "/chat/completions";
        return new ChatEndpoint(UriComponentsBuilder.fromUri(base).replacePath(whole).build(true).toUri());
    }

    private static URI parse(String baseUrl) {
        try {
            URI uri = URI.create(baseUrl);
            if (uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return uri;
            }
        }
        catch (IllegalArgumentException ex) {
            // Refused like the others.
        }
        // Without the value, which may hold a password.
        throw refused(null, "It must be a URL such as https://api.openai.com/v1/, without user and fragment.");
    }

    private static InvalidConfigurationPropertyValueException refused(@Nullable Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(PROPERTY, value, reason);
    }

    private static String shown(URI base) {
        return UriComponentsBuilder.fromUri(base).replaceQuery(null).build(true).toUriString();
    }

    /** Whether it is Azure's older interface, which takes keys in a header of its own. */
    boolean isDeployment() {
        return this.url.getPath().contains("/openai/deployments/");
    }

    /** Without the query, which may hold a key. */
    @Override
    public String toString() {
        return shown(this.url);
    }

}
