package dev.jobprocessor.api.http;

import java.util.List;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** The head of the OpenAPI document; the rest is read off the controllers. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenAPI jobProcessorApi() {
        SecurityScheme secret = new SecurityScheme().type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("x-webhook-secret");
        return new OpenAPI()
            .info(new Info().title("Job Processor")
                .version("1")
                .description("Submit prompts, watch the jobs made of them. Errors are RFC 9457 problems."))
            .servers(List.of(new Server().url("/")))
            .components(new Components().addSecuritySchemes("x-webhook-secret", secret));
    }

    @Bean
    OpenApiCustomizer problemInPlaceOfEveryAnswer() {
        return (api) -> {
            api.getComponents().addSchemas("FieldError", fieldError()).addSchemas("Problem", problem());
            api.getPaths().values().stream().flatMap((path) -> path.readOperations().stream()).forEach((operation) -> {
                operation.getResponses().setDefault(anyProblem());
                if (operation.getRequestBody() != null) {
                    operation.getResponses().addApiResponse("503", overloaded());
                }
            });
        };
    }

    private static ApiResponse anyProblem() {
        return problem("Why not, as an RFC 9457 problem");
    }

    private static ApiResponse overloaded() {
        return problem("The database is unavailable, or there is no memory for the body beside others; nothing was "
                + "accepted")
            .addHeaderObject(HttpHeaders.RETRY_AFTER,
                    new Header().description("When to try again, in seconds").schema(new IntegerSchema()));
    }

    private static ApiResponse problem(String description) {
        MediaType problem = new MediaType().schema(new Schema<>().$ref("Problem"));
        return new ApiResponse().description(description)
            .content(new Content().addMediaType("application/problem+json", problem));
    }

    private static Schema<?> fieldError() {
        return new ObjectSchema().addProperty("field", new StringSchema())
            .addProperty("message", new StringSchema())
            .required(List.of("field", "message"));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
            .addProperty("type", new StringSchema().format("uri")
                .description("Why, for programs: urn:job-processor:job-not-found, job-conflict, "
                        + "result-too-large, idempotency-conflict, invalid-request, unauthorized, "
                        + "unavailable, overloaded and others. A problem without such a type is not this API's."))
            .addProperty("title", new StringSchema())
            .addProperty("status", new IntegerSchema())
            .addProperty("detail", new StringSchema())
            .addProperty("instance", new StringSchema())
            .addProperty("error", new StringSchema().description("The detail once more, where the original had it"))
            .addProperty("errors",
                    new ArraySchema().items(new Schema<>().$ref("FieldError")).description("Which fields are to blame"))
            .required(List.of("status", "error"));
    }

}
