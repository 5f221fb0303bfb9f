package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.callback.Usage;
import dev.jobprocessor.worker.http.HttpConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class OpenAiStreamTests {

    private static final Job JOB = new Job("6925f0a1c3b2a40f5d1e7a01", "Name a colour", 1);

    private static final String END = """
            data: {"model":"gpt-5-mini","choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}

            data: [DONE]

            """;

    private final ScriptedServer provider = ScriptedServer.start();

    private final List<String> written = new CopyOnWriteArrayList<>();

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        this.end.countDown();
        this.provider.close();
    }

    @Test
    void putsTheAnswerTogetherOfWhatIsStreamed() throws Exception {
        this.provider.otherwise(stream(": a comment\n\n", delta("bl"), delta("ue"), END));

        assertThat(process()).isEqualTo(new Outcome.Completed("blue", new Usage("gpt-5-mini", 7, 2)));
        assertThat(this.provider.requests()).singleElement().satisfies((request) -> {
            JsonNode body = new JsonMapper().readTree(request.body());
            assertThat(body.path("stream").asBoolean()).isTrue();
            assertThat(body.path("stream_options").path("include_usage").asBoolean()).isTrue();
        });
    }

    @Test
    void reportsWhatIsWrittenBeforeTheAnswerIsWhole() throws Exception {
        this.provider.otherwise((exchange) -> {
            begin(exchange);
            write(exchange, delta("Once "));
            await().pollDelay(WrittenAnswer.INTERVAL.plusMillis(50)).until(() -> true);
            write(exchange, delta("upon"));
            await().until(() -> !this.written.isEmpty());
            write(exchange, delta(" a time"), END);
        });

        assertThat(process()).isEqualTo(new Outcome.Completed("Once upon a time", new Usage("gpt-5-mini", 7, 2)));
        assertThat(this.written.getFirst()).isEqualTo("0:Once upon");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[DONE]", "{\"choices\":[{\"finish_reason\":\"stop\"}]}" })
    void acceptsAnyEnd(String last) throws Exception {
        this.provider.otherwise(stream(delta("blue"), "data:" + last));

        assertThat(process()).isEqualTo(new Outcome.Completed("blue"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    {"choices":[{"delta":{"refusal":"I cannot"}}]}           | The model refused: I cannot | MODEL_REFUSED
                    {"choices":[{"delta":{"content":"{"},"finish_reason":"length"}]} | The answer was cut off: it is longer than the model may write | ANSWER_CUT_OFF
                    {"choices":[{"finish_reason":"content_filter"}]}         | The provider's content filter stopped the answer | CONTENT_FILTER
                    {"choices":[]}                                           | The model gave no answer | ANSWER_EMPTY
                    {"choices":[{"delta":{"content":" "}}]}                  | The model gave an empty answer | ANSWER_EMPTY
                    {"choices":[{"delta":{"content":{"a":1}}}]}              | The model's provider gave an answer that is not a chat completion | ANSWER_INVALID
                    {                                                        | The model's provider gave an answer that is not a chat completion | ANSWER_INVALID
                    {"error":{"message":"No such model","code":404}}         | The model's provider answered 404 Not Found: No such model | PROVIDER_REFUSED
                    null                                                     | The model gave no answer | ANSWER_EMPTY
                    """)
    void failsWithoutAUsableAnswer(String event, String reason, ErrorCode code) throws Exception {
        this.provider.otherwise(stream("data: " + event + "\n\n", "data: [DONE]\n\n"));

        assertThat(process()).isEqualTo(new Outcome.Failed(reason, code));
    }

    @Test
    void defersWhereTheProviderIsBusyInMidStream() throws Exception {
        this.provider.otherwise(stream(delta("bl"), "data: {\"error\":{\"message\":\"Slow down\",\"code\":429}}\n\n"));

        assertThat(process()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void asksAgainWhereTheStreamBreaksOff() throws Exception {
        this.provider.then(stream(delta("bl")), (exchange) -> {
            begin(exchange);
            write(exchange, delta("bl"));
            exchange.close();
        }).otherwise(stream(delta("red"), END));

        assertThat(process()).isEqualTo(new Outcome.Completed("red", new Usage("gpt-5-mini", 7, 2)));
        assertThat(this.provider.requests()).hasSize(3);
    }

    @Test
    void takesAnAnswerInOnePieceAndAsksForNoStreamFromThenOn() throws Exception {
        this.provider.otherwise(ScriptedServer.json(200, "{\"choices\":[{\"message\":{\"content\":\"blue\"}}]}"));
        OpenAiProcessor processor = processor(Duration.ofSeconds(30));

        assertThat(processor.process(JOB)).isEqualTo(new Outcome.Completed("blue"));
        assertThat(processor.process(JOB)).isEqualTo(new Outcome.Completed("blue"));
        assertThat(this.provider.requests()).extracting((request) -> request.body().contains("stream"))
            .containsExactly(true, false);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 422 })
    void asksAgainWithoutAStreamWhereThatIsRefused(int status) throws Exception {
        this.provider
            .then(ScriptedServer.json(status, "{\"error\":{\"message\":\"Unsupported parameter: 'stream_options'\"}}"))
            .otherwise(ScriptedServer.json(200, "{\"choices\":[{\"message\":{\"content\":\"blue\"}}]}"));

        assertThat(process()).isEqualTo(new Outcome.Completed("blue"));
        assertThat(this.provider.requests()).extracting((request) -> request.body().contains("stream"))
            .containsExactly(true, false);
    }

    @Test
    void failsWhereTheModelStopsInTheMiddle() throws Exception {
        this.provider.otherwise((exchange) -> {
            begin(exchange);
            write(exchange, delta("Once"));
            awaitEnd();
        });

        assertThat(processor(Duration.ofMillis(200)).process(JOB)).isEqualTo(new Outcome.Failed(
                "The model's provider stopped in the middle of its answer", ErrorCode.PROVIDER_TIMEOUT));
        assertThat(this.provider.requests()).hasSize(1);
    }

    @Test
    void letsTheModelThinkBeforeItWrites() throws Exception {
        this.provider.otherwise((exchange) -> {
            begin(exchange);
            write(exchange, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            write(exchange, delta("blue"), END);
        });

        assertThat(processor(Duration.ofMillis(300)).process(JOB)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void isInterruptedInMidStream() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        this.provider.otherwise((exchange) -> {
            begin(exchange);
            write(exchange, delta("Once"));
            begun.countDown();
            awaitEnd();
        });
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread job = Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(process());
            }
            catch (InterruptedException ex) {
                outcome.completeExceptionally(ex);
            }
        });
        begun.await();
        job.interrupt();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(outcome::get)
            .withCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void takesTheLongestResultAndNoLongerOne() throws Exception {
        String part = delta("x".repeat(64 * 1024));
        String[] longest = Stream.concat(IntStream.range(0, 16).mapToObj((i) -> part), Stream.of(END))
            .toArray(String[]::new);
        this.provider.then(stream(longest)).otherwise((exchange) -> {
            begin(exchange);
            write(exchange, longest);
        });
        assertThat(process()).isInstanceOfSatisfying(Outcome.Completed.class,
                (completed) -> assertThat(completed.result()).hasSize(ChatCompletion.MAX_TEXT_LENGTH));
        this.provider.otherwise((exchange) -> {
            begin(exchange);
            write(exchange, IntStream.range(0, 16).mapToObj((i) -> part).collect(Collectors.joining()), delta("x"));
            awaitEnd();
        });
        assertThat(process()).isEqualTo(
                new Outcome.Failed("The model's answer is longer than a result may be", ErrorCode.RESULT_TOO_LARGE));
    }

    @Test
    void completesThoughOutputIsNotTaken() throws Exception {
        this.provider.otherwise((exchange) -> {
            begin(exchange);
            write(exchange, delta("bl"));
            await().pollDelay(WrittenAnswer.INTERVAL.plusMillis(50)).until(() -> true);
            write(exchange, delta("ue"), END);
        });
        ResultMemory memory = new ResultMemory(0);

        assertThat(processor(Duration.ofSeconds(30), memory, (job, offset, text) -> {
        }).process(JOB)).isInstanceOf(Outcome.Completed.class);
        memory.release();
        assertThat(memory.reserve(ResultMemory.MAX_SHARE, Duration.ZERO)).isTrue();
    }

    private static String delta(String content) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(content);
    }

    private Outcome process() throws InterruptedException {
        return processor(Duration.ofSeconds(30)).process(JOB);
    }

    private OpenAiProcessor processor(Duration idle) {
        return processor(idle, new ResultMemory(0), (job, offset, text) -> this.written.add(offset + ":" + text));
    }

    private OpenAiProcessor processor(Duration idle, ResultMemory memory, PartialOutput output) {
        OpenAiSettings settings = new OpenAiSettings(this.provider.url("/v1"), "sk-top-secret", "gpt-5-mini", "", "",
                Duration.ofSeconds(30), 2, Duration.ofMillis(1), Duration.ofHours(1), RateLimit.NONE, true, idle);
        return new OpenAiProcessor(settings, RestClient.builder(), new HttpConnections(new MockEnvironment()),
                new JsonMapper(), memory, output, Clock.systemUTC(), InstantSource.system());
    }

    private static ScriptedServer.Answer stream(String... events) {
        return (exchange) -> {
            begin(exchange);
            write(exchange, events);
        };
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
    }

    private static void write(HttpExchange exchange, String... events) throws IOException {
        for (String event : events) {
            exchange.getResponseBody().write(event.getBytes(UTF_8));
        }
        exchange.getResponseBody().flush();
    }

    private void awaitEnd() {
        await().until(() -> this.end.getCount() == 0);
    }

}
