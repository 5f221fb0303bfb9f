package dev.jobprocessor.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps cookies as a browser does, and repeats the token of the page as the dashboard
 * does.
 */
class Browser {

    static final String CSRF_HEADER = "X-XSRF-TOKEN";

    private final HttpClient http = HttpClient.newHttpClient();

    private final JsonMapper mapper = new JsonMapper();

    private final Map<String, String> cookies = new LinkedHashMap<>();

    private final String origin;

    private final boolean secure;

    /** Whether it reaches the service through a proxy that ends TLS. */
    Browser(int port, boolean secure) {
        this.origin = "http://localhost:" + port;
        this.secure = secure;
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, BodyPublishers.noBody(), true);
    }

    HttpResponse<String> post(String path, Object body) {
        return call("POST", path, json(body), true);
    }

    /** As a page of another site would. */
    HttpResponse<String> forge(String method, String path, Object body) {
        return call(method, path, json(body), false);
    }

    HttpResponse<String> delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody(), true);
    }

    /** Opens the dashboard and sends a key. */
    HttpResponse<String> signIn(String key) {
        get("/session");
        HttpResponse<String> response = post("/session", Map.of("key", key));
        get("/session");
        return response;
    }

    JsonNode session() {
        return json(get("/session"));
    }

    JsonNode json(HttpResponse<String> response) {
        return this.mapper.readTree(response.body());
    }

    String cookie(String name) {
        return this.cookies.getOrDefault(name, "");
    }

    void setCookie(String name, String value) {
        this.cookies.put(name, value);
    }

    private BodyPublisher json(Object body) {
        return BodyPublishers.ofString(this.mapper.writeValueAsString(body));
    }

    private HttpResponse<String> call(String method, String path, BodyPublisher body, boolean ofThePage) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.origin + path))
            .method(method, body)
            .header("Content-Type", "application/json")
            .header("X-Forwarded-Proto", this.secure ? "https" : "http");
        if (!this.cookies.isEmpty()) {
            request.header("Cookie",
                    this.cookies.entrySet()
                        .stream()
                        .map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
        }
        String token = cookie(this.secure ? "__Host-xsrf-token" : "xsrf-token");
        if (ofThePage && !token.isEmpty()) {
            request.header(CSRF_HEADER, token);
        }
        return keepCookies(send(request.build()));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return this.http.send(request, BodyHandlers.ofString());
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ex);
        }
    }

    private HttpResponse<String> keepCookies(HttpResponse<String> response) {
        for (String header : setCookies(response)) {
            String[] cookie = header.split(";", 2)[0].split("=", 2);
            if (header.contains("Max-Age=0")) {
                this.cookies.remove(cookie[0]);
            }
            else {
                this.cookies.put(cookie[0], cookie[1]);
            }
        }
        return response;
    }

    static List<String> setCookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie");
    }

}
