package dev.jobprocessor.api.http;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
            .components(new Components().addSecuritySchemes("x-webhook-secret", secret));
    }

}
