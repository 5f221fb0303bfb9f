package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.callback.Usage;
import dev.jobprocessor.worker.http.HttpConnections;
import org.awaitility.Awaitility;
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
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OpenAiProcessorTests {

    private static final String KEY = "sk-top-secret";

    private static final Job JOB = new Job("job-1", "Name a colour", 1);

    private static final String ANSWER = """
            {"id": "chatcmpl-1", "object": "chat.completion", "model": "gpt-5-mini", "choices": [{"index": 0,
             "message": {"role": "assistant", "content": "{\\"colour\\":\\"blue\\"}", "refusal": null},
             "finish_reason": "stop"}], "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}}""";

    private final ScriptedServer provider = ScriptedServer.start();

    @AfterEach
    void stop() {
        this.provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/openai/v1", "/openai/v1/" })
    void asksTheModel(String basePath) throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, ANSWER));

        assertThat(processor(basePath, 0).process(JOB))
            .isEqualTo(new Outcome.Completed("{\"colour\":\"blue\"}", new Usage("gpt-5-mini", 7, 2)));
        assertThat(this.provider.requests()).singleElement().satisfies((request) -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/openai/v1/chat/completions");
            assertThat(request.header("authorization")).containsExactly("Bearer " + KEY);
            assertThat(request.header("transfer-encoding")).isEmpty();
            assertThat(new JsonMapper().readTree(request.body())).isEqualTo(new JsonMapper().readTree("""
                    {"model": "gpt-5-mini", "messages": [{"role": "system", "content": "Answer in JSON"},
                                                           {"role": "user", "content": "Name a colour"}]}"""));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 408, 409, 500, 502, 503, 529 })
    void triesAgainWhereThatMayHelp(int status) throws Exception {
        this.provider.then(ScriptedServer.status(status), ScriptedServer.cut())
            .otherwise(ScriptedServer.json(200, ANSWER));

        assertThat(process(2)).isInstanceOf(Outcome.Completed.class);
        assertThat(this.provider.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = { 429, 503 })
    void defersForAsLongAsABusyProviderAsks(int status) throws Exception {
        this.provider.otherwise(
                ScriptedServer.json(status, "{\"error\":{\"message\":\"Slow down\"}}", Map.of("Retry-After", "12")));

        assertThat(process(2)).isInstanceOfSatisfying(Outcome.Deferred.class, (deferred) -> {
            assertThat(deferred.retryAfter()).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(17));
            assertThat(deferred.reason()).startsWith("The model's provider answered " + status).endsWith(": Slow down");
        });
        assertThat(this.provider.requests()).hasSize(1);
    }

    @Test
    void defersForTheLongestPauseAtMost() throws Exception {
        this.provider.otherwise(ScriptedServer.json(429, "{}", Map.of("Retry-After", "999999999")));

        assertThat(process(0)).isInstanceOfSatisfying(Outcome.Deferred.class,
                (deferred) -> assertThat(deferred.retryAfter()).isLessThanOrEqualTo(Duration.ofMinutes(76)));
    }

    @Test
    void makesNoCallBeforeTheProviderWantsOne() throws Exception {
        this.provider.then(ScriptedServer.json(429, "{}", Map.of("Retry-After", "60")))
            .otherwise(ScriptedServer.json(200, ANSWER));
        OpenAiProcessor processor = processor("/v1", 2);

        for (int job = 0; job < 10; job++) {
            assertThat(processor.process(JOB)).isInstanceOf(Outcome.Deferred.class);
        }
        assertThat(this.provider.requests()).hasSize(1);
    }

    @Test
    void callsAgainWhenThePauseIsOver() throws Exception {
        this.provider.then(ScriptedServer.json(429, "{}", Map.of("Retry-After", "1")))
            .otherwise(ScriptedServer.json(200, ANSWER));
        OpenAiProcessor processor = processor("/v1", 2);
        processor.process(JOB);

        processor.awaitReadiness();

        assertThat(processor.process(JOB)).isInstanceOf(Outcome.Completed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = { 502, 503, 529 })
    void defersInAnOutageAfterTheLastTry(int status) throws Exception {
        this.provider.otherwise(ScriptedServer.status(status));

        assertThat(process(2)).isInstanceOf(Outcome.Deferred.class);
        assertThat(this.provider.requests()).hasSize(3);
    }

    @Test
    void defersWhereNobodyListens() throws Exception {
        this.provider.close();

        assertThat(process(1)).isInstanceOfSatisfying(Outcome.Deferred.class,
                (deferred) -> assertThat(deferred.reason()).isEqualTo("The model's provider could not be reached"));
    }

    @Test
    void failsWithTheProvidersReasonAfterTheLastTry() throws Exception {
        this.provider.otherwise(ScriptedServer.json(500, "{\"error\":{\"message\":\"Out of luck\"}}"));

        assertThat(process(2)).isEqualTo(new Outcome.Failed(
                "The model's provider answered 500 Internal Server Error: Out of luck", ErrorCode.PROVIDER_ERROR));
        assertThat(this.provider.requests()).hasSize(3);
    }

    @Test
    void asksOnceWhereTheModelTakesTooLong() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        this.provider.otherwise((exchange) -> Awaitility.await().until(() -> end.getCount() == 0));

        OpenAiProcessor processor = processor(settings("/v1", 3, Duration.ofMillis(200)));
        AtomicInteger jobs = new AtomicInteger();
        // A slow machine may not send the first within its timeout.
        Awaitility.await().until(() -> {
            assertThat(processor.process(JOB)).isEqualTo(
                    new Outcome.Failed("The model's provider did not answer in time", ErrorCode.PROVIDER_TIMEOUT));
            jobs.incrementAndGet();
            return !this.provider.requests().isEmpty();
        });
        end.countDown();
        assertThat(this.provider.requests()).hasSizeLessThanOrEqualTo(jobs.get());
    }

    @Test
    void waitsForAnAnswerAsLongAsTheJobAllows() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        this.provider.otherwise((exchange) -> Awaitility.await().until(() -> end.getCount() == 0));
        OpenAiProcessor processor = processor(settings("/v1", 0, Duration.ofMillis(50)));
        assertThat(processor.process(JOB))
            .isEqualTo(new Outcome.Failed("The model's provider did not answer in time", ErrorCode.PROVIDER_TIMEOUT));
        end.countDown();
        this.provider.otherwise((exchange) -> {
            Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            ScriptedServer.json(200, ANSWER).to(exchange);
        });
        assertThat(processor.process(withTimeout(Duration.ofMinutes(1)))).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void asksNoLongerThanTheJobAllows() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        this.provider.otherwise((exchange) -> Awaitility.await().until(() -> end.getCount() == 0));

        assertThat(processor(settings("/v1", 0, Duration.ofHours(1))).process(withTimeout(Duration.ofMillis(200))))
            .isEqualTo(new Outcome.Failed("The model's provider did not answer in time", ErrorCode.PROVIDER_TIMEOUT));
        end.countDown();
    }

    @Test
    void triesNotAgainWhenTheJobsTimeIsUp() throws Exception {
        this.provider.otherwise(ScriptedServer.status(500));

        assertThat(processor("/v1", 100).process(withTimeout(Duration.ofMillis(1)))).isInstanceOf(Outcome.Failed.class);
        assertThat(this.provider.requests()).hasSizeLessThanOrEqualTo(1);
    }

    private static Job withTimeout(Duration timeout) {
        return new Job(JOB.id(), JOB.prompt(), JOB.attempt(), timeout, null);
    }

    @Test
    void sendsNoEmptySystemPrompt() throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, ANSWER));

        processor(new OpenAiSettings(this.provider.url("/v1"), KEY, "o1", " ", "json_object", Duration.ofSeconds(30), 0,
                Duration.ofMillis(1), Duration.ofHours(1), RateLimit.NONE, false, Duration.ofMinutes(1)))
            .process(JOB);

        assertThat(new JsonMapper().readTree(this.provider.requests().getFirst().body()))
            .isEqualTo(new JsonMapper().readTree("""
                    {"model": "o1", "messages": [{"role": "user", "content": "Name a colour"}],
                     "response_format": {"type": "json_object"}}"""));
    }

    @Test
    void sendsTheKeyOfAnAzureDeploymentInItsHeader() throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, ANSWER));

        processor("/openai/deployments/mini?api-version=2024-10-21", 0).process(JOB);

        assertThat(this.provider.requests()).singleElement().satisfies((request) -> {
            assertThat(request.path()).isEqualTo("/openai/deployments/mini/chat/completions");
            assertThat(request.header("api-key")).containsExactly(KEY);
            assertThat(request.header("authorization")).isEmpty();
        });
    }

    @Test
    void waitsThroughBlanksWithoutReservingMemory() throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, "\n \r\n\t".repeat(10_000) + ANSWER));

        assertThat(process(0)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void keepsMemoryForAResultUntilItIsReleased() throws Exception {
        this.provider
            .otherwise(ScriptedServer.json(200, completion("\"content\":\"" + "x".repeat(1024 * 1024) + "\"")));
        ResultMemory memory = new ResultMemory(ResultMemory.MAX_SHARE);
        OpenAiProcessor processor = processor(settings("/v1", 0, Duration.ofSeconds(30)), memory);

        assertThat(processor.process(JOB)).isInstanceOf(Outcome.Completed.class);
        assertThat(isFree(memory, 2 * 1024 * 1024)).isTrue();
        assertThat(isFree(memory, 3 * 1024 * 1024)).isFalse();
        memory.release();
        assertThat(isFree(memory, ResultMemory.MAX_SHARE)).isTrue();
    }

    private static boolean isFree(ResultMemory memory, long bytes) throws Exception {
        CompletableFuture<Boolean> free = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                boolean reserved = memory.reserve(bytes, Duration.ZERO);
                memory.release();
                free.complete(reserved);
            }
            catch (InterruptedException ex) {
                free.completeExceptionally(ex);
            }
        });
        return free.get();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    400 | {"error":{"message":"No such model","code":"x"}} | The model's provider answered 400 Bad Request: No such model
                    404 | {"error":"model 'm' not found"}                  | The model's provider answered 404 Not Found: model 'm' not found
                    422 | <html>                                           | The model's provider answered 422 Unprocessable Content
                    400 | {"error":{"message":"Key sk-top-secret is bad"}} | The model's provider answered 400 Bad Request: Key *** is bad
                    401 | {"error":{"message":"Wrong key sk-top-****cret."}} | The model's provider answered 401 Unauthorized: Wrong key ***
                    401 | {"error":{"message":"Wrong key sk-top-secret"}}  | The model's provider answered 401 Unauthorized: Wrong key ***
                    401 | <html>                                           | The model's provider refused the API key
                    403 | {"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}} | The model's provider answered 403 Forbidden: Access denied due to Virtual Network/Firewall rules.
                    504 | {}                                               | The model's provider answered 504 Gateway Timeout
                    403 | {}                                               | The model's provider refused the API key
                    302 | {}                                               | The model's provider answered 302 Found
                    """)
    void failsAtOnceWhereTryingAgainIsInVain(int status, String body, String reason) throws Exception {
        this.provider.otherwise(ScriptedServer.json(status, body));

        assertThat(process(2)).isEqualTo(
                new Outcome.Failed(reason, (status == 504) ? ErrorCode.PROVIDER_TIMEOUT : ErrorCode.PROVIDER_REFUSED));
        assertThat(this.provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void failsWithoutAUsableAnswer(String answer, String reason, ErrorCode code) throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, answer));

        assertThat(process(0)).isEqualTo(new Outcome.Failed(reason, code));
    }

    static Stream<Arguments> failsWithoutAUsableAnswer() {
        return Stream.of(arguments("{}", "The model gave no answer", ErrorCode.ANSWER_EMPTY),
                arguments("{\"choices\":[]}", "The model gave no answer", ErrorCode.ANSWER_EMPTY),
                arguments("{\"choices\":[{}]}", "The model gave no answer", ErrorCode.ANSWER_EMPTY),
                arguments("<html>", "The model's provider gave an answer that is not a chat completion",
                        ErrorCode.ANSWER_INVALID),
                arguments("null", "The model gave no answer", ErrorCode.ANSWER_EMPTY),
                arguments("{\"error\":{\"message\":\"No such model\",\"code\":404}}",
                        "The model's provider answered 404 Not Found: No such model", ErrorCode.PROVIDER_REFUSED),
                arguments("{\"error\":\"Bad prompt, sk-top-secret\"}",
                        "The model's provider answered 400 Bad Request: Bad prompt, ***", ErrorCode.PROVIDER_REFUSED),
                arguments(
                        "{\"choices\":[{\"finish_reason\":\"error\",\"error\":{\"code\":500,\"message\":\"Upstream\"}}]}",
                        "The model's provider answered 500 Internal Server Error: Upstream", ErrorCode.PROVIDER_ERROR),
                arguments(completion("\"content\":{\"a\":1}"),
                        "The model's provider gave an answer that is not a chat completion", ErrorCode.ANSWER_INVALID),
                arguments(completion("\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm\"}]"),
                        "The model gave an empty answer", ErrorCode.ANSWER_EMPTY),
                arguments(completion("\"content\":\"" + "x".repeat(1024 * 1024 + 1) + "\""),
                        "The model's answer is longer than a result may be", ErrorCode.RESULT_TOO_LARGE),
                arguments(choice("stop", "\"content\":\"  \""), "The model gave an empty answer",
                        ErrorCode.ANSWER_EMPTY),
                arguments(choice("stop", "\"content\":null,\"refusal\":\"I cannot help\""),
                        "The model refused: I cannot help", ErrorCode.MODEL_REFUSED),
                arguments(choice("content_filter", "\"content\":\"\""),
                        "The provider's content filter stopped the answer", ErrorCode.CONTENT_FILTER),
                arguments(choice("length", "\"content\":\"{\""),
                        "The answer was cut off: it is longer than the model may write", ErrorCode.ANSWER_CUT_OFF));
    }

    @ParameterizedTest
    @ValueSource(strings = { "429", "\"429\"", "\"rate_limit_exceeded\"", "null,\"type\":\"overloaded_error\"" })
    void takesAnErrorForWhatItIsThoughTheStatusIs200(String code) throws Exception {
        this.provider.otherwise(ScriptedServer.json(200,
                "{\"error\":{\"message\":\"Rate limit exceeded\",\"code\":%s}}".formatted(code)));

        assertThat(process(0)).isInstanceOfSatisfying(Outcome.Deferred.class,
                (deferred) -> assertThat(deferred.reason())
                    .isEqualTo("The model's provider answered 429 Too Many Requests: Rate limit exceeded"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},{"type":"text","text":"blue"}] | blue
            [{"type":"text","text":"light "},{"type":"text","text":"blue"}]                             | light blue
            [{"type":"output_text","text":"blue"},null,{"type":"text","text":null},{}]                   | blue
            ["blue"]                                                                                     | blue
            "blue"                                                                                       | blue
            """)
    void takesTheTextsOfAContentInParts(String content, String result) throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, completion("\"content\":" + content)));

        assertThat(process(0)).isEqualTo(new Outcome.Completed(result));
    }

    private static String completion(String message) {
        return choice("stop", message);
    }

    private static String choice(String finishReason, String message) {
        return "{\"choices\":[{\"finish_reason\":\"%s\",\"message\":{%s}}]}".formatted(finishReason, message);
    }

    @Test
    void stopsWhenInterrupted() {
        this.provider.otherwise(ScriptedServer.status(503));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> process(2));
    }

    @Test
    void keepsTheKeyToItself() {
        assertThat(settings("/v1?key=" + KEY, 0, Duration.ofSeconds(30)).toString()).doesNotContain(KEY);
    }

    @Test
    void measuresWhatAJobsTimeoutLeavesByTimeThatPasses() throws Exception {
        Instant[] time = { Instant.EPOCH };
        this.provider.otherwise((exchange) -> {
            time[0] = time[0].plusSeconds(25);
            ScriptedServer.status(500).to(exchange);
        });
        Clock stepped = Clock.tick(Clock.systemUTC(), Duration.ofDays(1));
        OpenAiProcessor processor = new OpenAiProcessor(settings("/v1", 10, Duration.ofSeconds(30)),
                RestClient.builder(), new HttpConnections(new MockEnvironment()), new JsonMapper(), new ResultMemory(0),
                (job, offset, text) -> fail(text), stepped, () -> time[0]);

        assertThat(processor.process(new Job("job-1", "prompt", 1, Duration.ofMinutes(1), null)))
            .isInstanceOf(Outcome.Failed.class);
        assertThat(this.provider.requests()).hasSize(3);
    }

    private Outcome process(int maxRetries) throws InterruptedException {
        return processor("/v1", maxRetries).process(JOB);
    }

    private OpenAiProcessor processor(String basePath, int maxRetries) {
        return processor(settings(basePath, maxRetries, Duration.ofSeconds(30)));
    }

    private static OpenAiProcessor processor(OpenAiSettings settings) {
        return processor(settings, new ResultMemory(0));
    }

    private static OpenAiProcessor processor(OpenAiSettings settings, ResultMemory memory) {
        return new OpenAiProcessor(settings, RestClient.builder(), new HttpConnections(new MockEnvironment()),
                new JsonMapper(), memory, (job, offset, text) -> fail(text), Clock.systemUTC(), InstantSource.system());
    }

    private OpenAiSettings settings(String basePath, int maxRetries, Duration timeout) {
        return new OpenAiSettings(this.provider.url(basePath), KEY, "gpt-5-mini", "Answer in JSON", "", timeout,
                maxRetries, Duration.ofMillis(1), Duration.ofHours(1), RateLimit.NONE, false, Duration.ofMinutes(1));
    }

}
