package dev.jobprocessor.api.http;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Reads requests strictly: no line may end with LF alone, and there are no more headers
 * than {@value #MOST_HEADERS}: of some bytes each in a request, they have a hundred in
 * the heap. What has a malformed address is read to its end all the same.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestHeaders implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    static final int MOST_HEADERS = 100;

    /**
     * Stands for a malformed address: Jetty itself would close the connection at once,
     * and a client that still sends its body might see no response. The firewall refuses
     * this one, past which the body is read.
     */
    private static final String REFUSED = "/;";

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(RequestHeaders::bound);
    }

    private static void bound(Server server) {
        configure(server, (configuration) -> configuration.setHttpCompliance(HttpCompliance.STRICT));
        for (Connector connector : server.getConnectors()) {
            HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
            ((AbstractConnector) connector)
                .setConnectionFactories(List.of(new BoundedConnections(http.getHttpConfiguration())));
        }
    }

    static void configure(Server server, Consumer<HttpConfiguration> configuration) {
        Arrays.stream(server.getConnectors())
            .map((connector) -> connector.getConnectionFactory(HttpConnectionFactory.class))
            .forEach((factory) -> configuration.accept(factory.getHttpConfiguration()));
    }

    private static final class BoundedConnections extends HttpConnectionFactory {

        BoundedConnections(HttpConfiguration configuration) {
            super(configuration);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new BoundedConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
        }

    }

    private static final class BoundedConnection extends HttpConnection {

        BoundedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpStreamOverHTTP1 newHttpStream(String method, String address, HttpVersion version) {
            return super.newHttpStream(method, isWellFormed(method, address) ? address : REFUSED, version);
        }

        private static boolean isWellFormed(String method, String address) {
            try {
                HttpURI uri = HttpURI.from(method, address);
                String path = Objects.requireNonNullElse(uri.getPath(), "/");
                return !uri.hasViolations() && (path.startsWith("/") || path.equals("*"));
            }
            catch (IllegalArgumentException ex) {
                return false;
            }
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new RequestHandler() {

                private int headers;

                @Override
                public void startRequest(String method, String uri, HttpVersion version) {
                    this.headers = 0;
                    super.startRequest(method, uri, version);
                }

                @Override
                public void parsedHeader(HttpField field) {
                    if (++this.headers > MOST_HEADERS) {
                        throw new BadMessageException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
                    }
                    super.parsedHeader(field);
                }

            };
        }

    }

}
