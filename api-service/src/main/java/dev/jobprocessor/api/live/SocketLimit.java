package dev.jobprocessor.api.live;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketHandlerDecoratorFactory;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Bounds how many sockets are open. Beyond that, handshakes are refused with 503; sockets
 * opened by concurrent handshakes are closed again.
 */
@Component
class SocketLimit implements HandshakeInterceptor, WebSocketHandlerDecoratorFactory {

    private final AtomicInteger open = new AtomicInteger();

    private final SocketSettings settings;

    private final HandlerExceptionResolver problems;

    private final Counter refused;

    SocketLimit(SocketSettings settings, @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
            MeterRegistry meters) {
        this.settings = settings;
        this.problems = problems;
        this.refused = Counter.builder("stomp.sessions.refused")
            .description("Connections that were refused: too many were open")
            .register(meters);
    }

    int open() {
        return this.open.get();
    }

    @Override
    public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            Map<String, Object> attributes) {
        if (this.open.get() < this.settings.limit()) {
            return true;
        }
        this.refused.increment();
        this.problems.resolveException(((ServletServerHttpRequest) request).getServletRequest(),
                ((ServletServerHttpResponse) response).getServletResponse(), null, new TooManySockets());
        return false;
    }

    @Override
    public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            @Nullable Exception exception) {
        // counted when it is open
    }

    @Override
    public WebSocketHandler decorate(WebSocketHandler handler) {
        return new CountingHandler(handler);
    }

    private final class CountingHandler extends WebSocketHandlerDecorator {

        CountingHandler(WebSocketHandler handler) {
            super(handler);
        }

        @Override
        public void afterConnectionEstablished(WebSocketSession session) throws Exception {
            if (SocketLimit.this.open.incrementAndGet() > SocketLimit.this.settings.limit()) {
                SocketLimit.this.refused.increment();
                session.close(CloseStatus.SERVICE_OVERLOAD);
                return;
            }
            limitTime(session);
            super.afterConnectionEstablished(session);
        }

        @Override
        public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
            SocketLimit.this.open.decrementAndGet();
            super.afterConnectionClosed(session, status);
        }

        /** A socket may be silent: its heartbeats end it. */
        private static void limitTime(WebSocketSession session) {
            Session socket = (session instanceof NativeWebSocketSession own) ? own.getNativeSession(Session.class)
                    : null;
            if (socket != null) {
                socket.setMaxIdleTimeout(0);
                socket.getAsyncRemote().setSendTimeout(WebSocketConfiguration.SEND_TIME.toMillis());
            }
        }

    }

    /** Returned as 503. */
    static class TooManySockets extends ErrorResponseException {

        TooManySockets() {
            super(HttpStatus.SERVICE_UNAVAILABLE);
            setType(URI.create("urn:job-processor:overloaded"));
            setDetail("There are as many connections as this instance serves; its changes show by GET /jobs, too.");
            getHeaders().set(HttpHeaders.RETRY_AFTER, "30");
        }

    }

}
