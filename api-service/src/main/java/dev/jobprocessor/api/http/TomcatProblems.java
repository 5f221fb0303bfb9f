package dev.jobprocessor.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Returns problems also for what never reaches a controller: requests that Tomcat refuses
 * and failures of filters.
 */
@Component
class TomcatProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final JsonMapper mapper;

    TomcatProblems(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(
                (context) -> context.getParent().getPipeline().addValve(new ProblemReport(this.mapper)));
    }

    private static final class ProblemReport extends ErrorReportValve {

        private static final Logger log = LoggerFactory.getLogger(TomcatProblems.class);

        private final JsonMapper mapper;

        ProblemReport(JsonMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            if (status == null || !status.isError() || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            try {
                SecurityHeaders.write(request, response);
                write(this.mapper.writeValueAsString(Problems.of(status, detail(status))), response);
            }
            catch (IOException ex) {
                log.debug("The client did not wait for the response {}", status, ex);
            }
        }

        private static void write(String problem, Response response) throws IOException {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.getReporter().write(problem);
            response.finishResponse();
        }

        /** Repeats nothing of what was sent. */
        private static String detail(HttpStatus status) {
            return (status == HttpStatus.BAD_REQUEST)
                    ? "The address or a header of the request is malformed, or they are too large."
                    : status.getReasonPhrase() + ".";
        }

    }

}
