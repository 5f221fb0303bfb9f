package dev.jobprocessor.api.jobs;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Which URLs a webhook may have. In production, what is called is public: neither this
 * network nor its machines' metadata can be reached by a job.
 */
@Component
public class WebhookAddresses {

    static final int MAX_URL_LENGTH = 2048;

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private static final String NO_HOST = "must have a host name or an address, and no port but 1 to 65535";

    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");

    private final boolean publicOnly;

    @Autowired
    WebhookAddresses(Environment environment) {
        this(environment.acceptsProfiles(Profiles.of("prod")));
    }

    public WebhookAddresses(boolean publicOnly) {
        this.publicOnly = publicOnly;
    }

    /** Says what is wrong with a URL; null where nothing is. */
    @Nullable String objection(@Nullable String url) {
        if (url == null || url.length() > MAX_URL_LENGTH) {
            return "must be a URL of at most %d characters".formatted(MAX_URL_LENGTH);
        }
        try {
            return objection(new URI(url));
        }
        catch (URISyntaxException ex) {
            return "must be a URL";
        }
    }

    private @Nullable String objection(URI url) {
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
            return "must be a URL of http or https";
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return "must not have user info or a fragment";
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            return NO_HOST;
        }
        if (this.publicOnly && url.getScheme().equalsIgnoreCase("http")) {
            return "must be a URL of https";
        }
        return objectionToHost(url.getHost());
    }

    /** Other spellings of an address, such as 0x7f.1, pass for none. */
    private @Nullable String objectionToHost(String host) {
        boolean literal = IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
        if (!literal && (host.startsWith("[") || NUMERIC.matcher(host).matches())) {
            return NO_HOST;
        }
        try {
            return (isLocalName(host) || literal && !allows(InetAddress.getByName(host)))
                    ? "must not have a private address" : null;
        }
        catch (UnknownHostException ex) {
            return NO_HOST;
        }
    }

    private boolean isLocalName(String host) {
        return this.publicOnly && host.toLowerCase(Locale.ROOT).matches("(.*\\.)?localhost\\.?");
    }

    /** Whether a webhook at this address may be called. */
    public boolean allows(InetAddress address) {
        return !this.publicOnly || PublicAddress.isPublic(address.getAddress());
    }

}
