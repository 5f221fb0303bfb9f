package dev.jobprocessor.api.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;

import dev.jobprocessor.api.jobs.WebhookAddresses;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to addresses that may be called. The client connects to the very
 * addresses that were checked, however the name resolves a moment later.
 */
class CheckedResolver implements DnsResolver {

    private final DnsResolver names;

    private final WebhookAddresses addresses;

    CheckedResolver(DnsResolver names, WebhookAddresses addresses) {
        this.names = names;
        this.addresses = addresses;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] resolved = this.names.resolve(host);
        for (InetAddress address : resolved) {
            if (!this.addresses.allows(address)) {
                throw new UnknownHostException("%s has a private address".formatted(host));
            }
        }
        return resolved;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return this.names.resolveCanonicalHostname(host);
    }

}
