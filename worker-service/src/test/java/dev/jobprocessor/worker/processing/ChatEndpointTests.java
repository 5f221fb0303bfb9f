package dev.jobprocessor.worker.processing;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChatEndpointTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    https://api.openai.com/v1                           | https://api.openai.com/v1/chat/completions
                    https://api.openai.com/v1/                          | https://api.openai.com/v1/chat/completions
                    https://api.openai.com/v1/chat/completions          | https://api.openai.com/v1/chat/completions
                    https://api.openai.com/v1/chat/completions/         | https://api.openai.com/v1/chat/completions
                    http://localhost:11434                              | http://localhost:11434/chat/completions
                    https://n.openai.azure.com/openai/v1/?api-version=preview | https://n.openai.azure.com/openai/v1/chat/completions?api-version=preview
                    https://n.openai.azure.com/openai/deployments/d?api-version=2024-10-21 | https://n.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21
                    https://n.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21 | https://n.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21
                    http://gateway/a%20b?x=%26                          | http://gateway/a%20b/chat/completions?x=%26
                    """)
    void takesABaseUrlAsItIsCopied(String baseUrl, String url) {
        assertThat(ChatEndpoint.of(baseUrl).url()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://n.openai.azure.com              | Write https://n.openai.azure.com/openai/v1/
            https://n.openai.azure.com/?api-version=1 | Write https://n.openai.azure.com/openai/v1/
            https://api.openai.com/v1/responses     | up to /v1
            https://api.openai.com/v1/completions   | up to /v1
            https://api.openai.com/v1#key           | such as https://api.openai.com/v1/
            https://api openai.com/v1               | such as https://api.openai.com/v1/
            https:///v1                             | such as https://api.openai.com/v1/
            """)
    void refusesWhatCannotBeCalledAndSaysWhatToWrite(String baseUrl, String advice) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
            .isThrownBy(() -> ChatEndpoint.of(baseUrl))
            .satisfies((ex) -> assertThat(ex.getReason()).contains(advice));
    }

    @Test
    void showsNeitherPasswordNorQuery() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
            .isThrownBy(() -> ChatEndpoint.of("https://user:s3cret@api/v1"))
            .satisfies((ex) -> assertThat(String.valueOf(ex.getValue()) + ex.getReason() + ex.getMessage())
                .doesNotContain("s3cret"));
        assertThat(ChatEndpoint.of("https://api/v1?key=s3cret").toString())
            .isEqualTo("https://api/v1/chat/completions");
    }

}
