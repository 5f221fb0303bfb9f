package dev.jobprocessor.api.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.apache.hc.core5.net.InetAddressUtils;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Reads client, scheme and port from the {@code X-Forwarded-} headers of proxies, which
 * are in private networks. Jetty's own customizer would believe everybody, and take a
 * host and the client from what the client itself sent.
 */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, HttpConfiguration.Customizer {

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        if (factory.isUseForwardHeaders()) {
            factory.setUseForwardHeaders(false);
            factory.addServerCustomizers(
                    (server) -> RequestHeaders.configure(server, (configuration) -> configuration.addCustomizer(this)));
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        return (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && isPrivate(peer.getAddress())) ? new ForwardedRequest(request, peer) : request;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || shared
                || uniqueLocal;
    }

    private static final class ForwardedRequest extends Request.Wrapper {

        private final ConnectionMetaData connection;

        private final HttpURI uri;

        private final HttpFields headers;

        ForwardedRequest(Request request, InetSocketAddress peer) {
            super(request);
            InetSocketAddress client = client(request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false), peer);
            this.connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {

                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return client;
                }

            };
            this.uri = uri(request);
            this.headers = headers(request, this.uri);
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return this.connection;
        }

        @Override
        public HttpURI getHttpURI() {
            return this.uri;
        }

        @Override
        public HttpFields getHeaders() {
            return this.headers;
        }

        @Override
        public boolean isSecure() {
            return HttpScheme.HTTPS.is(this.uri.getScheme());
        }

        /**
         * The last one that is not private: what is before it, its client may have made
         * up.
         */
        private static InetSocketAddress client(List<String> addresses, InetSocketAddress peer) {
            InetAddress client = peer.getAddress();
            for (String address : addresses.reversed()) {
                if (!isPrivate(client) || !isLiteral(address)) {
                    break;
                }
                client = literal(address);
            }
            return new InetSocketAddress(client, peer.getPort());
        }

        /** Of anything else, the name would be looked up. */
        private static boolean isLiteral(String address) {
            return InetAddressUtils.isIPv4(address) || InetAddressUtils.isIPv6(address);
        }

        private static InetAddress literal(String address) {
            try {
                return InetAddress.getByName(address);
            }
            catch (UnknownHostException ex) {
                throw new BadMessageException("Not an address", ex);
            }
        }

        private static HttpURI uri(Request request) {
            HttpFields headers = request.getHeaders();
            List<String> schemes = headers.getCSV(HttpHeader.X_FORWARDED_PROTO, false);
            if (schemes.isEmpty()) {
                return request.getHttpURI();
            }
            boolean secure = schemes.stream().allMatch(HttpScheme.HTTPS::is);
            HttpURI.Mutable uri = HttpURI.build(request.getHttpURI())
                .scheme(secure ? HttpScheme.HTTPS : HttpScheme.HTTP);
            String port = headers.get(HttpHeader.X_FORWARDED_PORT);
            return ((port != null) ? uri.authority(uri.getHost(), port(port)) : uri).asImmutable();
        }

        /** Jetty refuses a host other than that of the address. */
        private static HttpFields headers(Request request, HttpURI uri) {
            HttpFields headers = request.getHeaders();
            return (uri.getPort() != request.getHttpURI().getPort())
                    ? HttpFields.build(headers).put(HttpHeader.HOST, uri.getAuthority()) : headers;
        }

        private static int port(String port) {
            try {
                return HostPort.parsePort(port);
            }
            catch (IllegalArgumentException ex) {
                throw new BadMessageException("Not a port", ex);
            }
        }

    }

}
