package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.http.HttpConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OpenAiProcessorTests {

    private static final String KEY = "sk-top-secret";

    private static final Job JOB = new Job("job-1", "Name a colour", 1);

    private static final String ANSWER = """
            {"id": "chatcmpl-1", "object": "chat.completion", "model": "gpt-5-mini", "choices": [{"index": 0,
             "message": {"role": "assistant", "content": "{\\"colour\\":\\"blue\\"}", "refusal": null},
             "finish_reason": "stop"}], "usage": {"total_tokens": 9}}""";

    private final ScriptedServer provider = ScriptedServer.start();

    @AfterEach
    void stop() {
        this.provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/openai/v1", "/openai/v1/" })
    void asksTheModel(String basePath) throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, ANSWER));

        assertThat(processor(basePath, 0).process(JOB)).isEqualTo(new Outcome.Completed("{\"colour\":\"blue\"}"));
        assertThat(this.provider.requests()).singleElement().satisfies((request) -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/openai/v1/chat/completions");
            assertThat(request.header("authorization")).containsExactly("Bearer " + KEY);
            assertThat(new JsonMapper().readTree(request.body())).isEqualTo(new JsonMapper().readTree("""
                    {"model": "gpt-5-mini", "messages": [{"role": "system", "content": "Answer in JSON"},
                                                           {"role": "user", "content": "Name a colour"}]}"""));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 408, 409, 429, 500, 503 })
    void triesAgainWhereThatMayHelp(int status) throws Exception {
        this.provider.then(ScriptedServer.status(status), ScriptedServer.cut())
            .otherwise(ScriptedServer.json(200, ANSWER));

        assertThat(process(2)).isInstanceOf(Outcome.Completed.class);
        assertThat(this.provider.requests()).hasSize(3);
    }

    @Test
    void waitsAsLongAsABusyProviderAsksButNotForever() throws Exception {
        this.provider.then(ScriptedServer.json(429, "{}", Map.of("Retry-After", "86400")))
            .otherwise(ScriptedServer.json(200, ANSWER));
        long start = System.nanoTime();

        assertThat(process(1)).isInstanceOf(Outcome.Completed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    }

    @Test
    void failsWithTheProvidersReasonAfterTheLastTry() throws Exception {
        this.provider.otherwise(ScriptedServer.json(429, "{\"error\":{\"message\":\"You exceeded your quota\"}}"));

        assertThat(process(2)).isEqualTo(
                new Outcome.Failed("The model's provider answered 429 Too Many Requests: You exceeded your quota"));
        assertThat(this.provider.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    400 | {"error":{"message":"No such model","code":"x"}} | The model's provider answered 400 Bad Request: No such model
                    404 | {"error":"model 'm' not found"}                  | The model's provider answered 404 Not Found: model 'm' not found
                    422 | <html>                                           | The model's provider answered 422 Unprocessable Content
                    400 | {"error":{"message":"Key sk-top-secret is bad"}} | The model's provider answered 400 Bad Request: Key *** is bad
                    401 | {"error":{"message":"Wrong key sk-top-****"}}    | The model's provider refused the API key
                    403 | {}                                               | The model's provider refused the API key
                    302 | {}                                               | The model's provider answered 302 Found
                    """)
    void failsAtOnceWhereTryingAgainIsInVain(int status, String body, String reason) throws Exception {
        this.provider.otherwise(ScriptedServer.json(status, body));

        assertThat(process(2)).isEqualTo(new Outcome.Failed(reason));
        assertThat(this.provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void failsWithoutAUsableAnswer(String answer, String reason) throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, answer));

        assertThat(process(0)).isEqualTo(new Outcome.Failed(reason));
    }

    static Stream<Arguments> failsWithoutAUsableAnswer() {
        return Stream.of(arguments("{}", "The model gave no answer"),
                arguments("{\"choices\":[]}", "The model gave no answer"),
                arguments("{\"choices\":[{}]}", "The model gave no answer"),
                arguments("<html>", "The model's provider gave an answer that is not a chat completion"),
                arguments(choice("stop", "\"content\":\"  \""), "The model gave an empty answer"),
                arguments(choice("stop", "\"content\":null,\"refusal\":\"I cannot help\""),
                        "The model refused: I cannot help"),
                arguments(choice("content_filter", "\"content\":\"\""),
                        "The provider's content filter stopped the answer"),
                arguments(choice("length", "\"content\":\"{\""),
                        "The answer was cut off: it is longer than the model may write"));
    }

    private static String choice(String finishReason, String message) {
        return "{\"choices\":[{\"finish_reason\":\"%s\",\"message\":{%s}}]}".formatted(finishReason, message);
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        this.provider.close();

        assertThat(process(0)).isEqualTo(new Outcome.Failed("The model's provider could not be reached"));
    }

    @Test
    void stopsWhenInterrupted() {
        this.provider.otherwise(ScriptedServer.status(503));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> process(2));
    }

    @Test
    void keepsTheKeyToItself() {
        assertThat(settings("/v1", 0).toString()).doesNotContain(KEY);
    }

    private Outcome process(int maxRetries) throws InterruptedException {
        return processor("/v1", maxRetries).process(JOB);
    }

    private OpenAiProcessor processor(String basePath, int maxRetries) {
        return new OpenAiProcessor(settings(basePath, maxRetries), RestClient.builder(),
                new HttpConnections(new MockEnvironment()), new JsonMapper(), Clock.systemUTC());
    }

    private OpenAiProcessor.Settings settings(String basePath, int maxRetries) {
        return new OpenAiProcessor.Settings(this.provider.url(basePath), KEY, "gpt-5-mini", "Answer in JSON",
                Duration.ofSeconds(30), maxRetries, Duration.ofMillis(1), Duration.ofMillis(300));
    }

}
