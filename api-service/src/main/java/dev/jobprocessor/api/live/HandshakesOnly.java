package dev.jobprocessor.api.live;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Returns problems for calls that open no WebSocket, as for any other call. */
class HandshakesOnly implements HandshakeInterceptor {

    @Override
    public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            Map<String, Object> attributes) throws IOException {
        if (request.getMethod() != HttpMethod.GET) {
            return refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
        return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())
                || refuse(response, HttpServletResponse.SC_BAD_REQUEST);
    }

    @Override
    public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            @Nullable Exception failure) {
    }

    private static boolean refuse(ServerHttpResponse response, int status) throws IOException {
        ((ServletServerHttpResponse) response).getServletResponse().sendError(status);
        return false;
    }

}
