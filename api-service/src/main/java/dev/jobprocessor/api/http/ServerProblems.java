package dev.jobprocessor.api.http;

import java.nio.charset.StandardCharsets;

import org.eclipse.jetty.ee11.webapp.AbstractConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Returns problems also for what never reaches a controller: requests that the server
 * refuses and failures of filters.
 */
@Component
class ServerProblems implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private final JsonMapper mapper;

    ServerProblems(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        ErrorHandler problems = new ProblemHandler(this.mapper);
        factory.addServerCustomizers((server) -> server.setErrorHandler(problems));
        factory.addConfigurations(new ContextProblems(problems));
    }

    /** The context would have pages of its own. */
    private static final class ContextProblems extends AbstractConfiguration {

        private final ErrorHandler problems;

        ContextProblems(ErrorHandler problems) {
            super(new Builder());
            this.problems = problems;
        }

        @Override
        public void configure(WebAppContext context) {
            context.setErrorHandler(this.problems);
        }

    }

    private static final class ProblemHandler extends ErrorHandler {

        private static final HttpField CONTENT_TYPE = new HttpField(HttpHeader.CONTENT_TYPE,
                MediaType.APPLICATION_PROBLEM_JSON_VALUE);

        private final JsonMapper mapper;

        ProblemHandler(JsonMapper mapper) {
            this.mapper = mapper;
            setCacheControl(null);
        }

        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        /**
         * Closes the connection, as the server does where it cannot read on, and would
         * not say.
         */
        @Override
        protected void generateResponse(Request request, Response response, int code, @Nullable String message,
                @Nullable Throwable cause, Callback callback) {
            HttpStatus status = HttpStatus.valueOf(code);
            String problem = this.mapper.writeValueAsString(Problems.of(status, detail(status)));
            SecurityHeaders.write(request.isSecure(), response.getHeaders()::put);
            response.getHeaders().put(CONTENT_TYPE);
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            response.write(true, StandardCharsets.UTF_8.encode(problem), callback);
        }

        /** Repeats nothing of what was sent. */
        private static String detail(HttpStatus status) {
            return (status == HttpStatus.BAD_REQUEST)
                    ? "The address, a header or the framing of the request is malformed."
                    : status.getReasonPhrase() + ".";
        }

    }

}
