package dev.jobprocessor.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard's types are made from the checked-in description. Where the API changed
 * on purpose, {@code ./mvnw verify -pl api-service -am -Dopenapi.write -Dtest=none
 * -Dit.test=ApiDescriptionIntegrationTests -Dsurefire.failIfNoSpecifiedTests=false
 * -Dfailsafe.failIfNoSpecifiedTests=false} writes it anew.
 */
@ApiIntegrationTest
class ApiDescriptionIntegrationTests {

    private static final Path CHECKED_IN = Path.of("..", "ui", "openapi.json");

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Autowired
    private ApiClient api;

    @Test
    void isTheOneThatTheDashboardWasBuiltFor() throws IOException {
        String served = MAPPER.writeValueAsString(this.api.call(HttpMethod.GET, "/v3/api-docs").getBody()) + "\n";
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(CHECKED_IN, served);
        }
        assertThat(MAPPER.readTree(served)).isEqualTo(MAPPER.readTree(Files.readString(CHECKED_IN)));
    }

}
