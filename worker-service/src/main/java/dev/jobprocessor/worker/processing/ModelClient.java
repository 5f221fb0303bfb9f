package dev.jobprocessor.worker.processing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.http.HttpConnections;
import dev.jobprocessor.worker.http.StreamStall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Calls a model's provider, once each time it is asked. */
final class ModelClient {

    private static final Logger log = LoggerFactory.getLogger(ModelClient.class);

    private static final String PROVIDER = "The model's provider";

    private static final int MAX_PROBLEM_BYTES = 64 * 1024;

    /** What a text takes for each byte of its answer while it is read. */
    private static final int READING = 6;

    /**
     * What most answers take while they are streamed; a longer one takes the largest
     * share.
     */
    private static final long STREAMED = 256 * 1024;

    /** What a text takes for each character until it is reported. */
    private static final int REPORTING = 4;

    private final OpenAiSettings settings;

    private final RestClient.Builder http;

    private final HttpConnections connections;

    private final ChatEndpoint endpoint;

    private final @Nullable JsonNode format;

    private final JsonMapper json;

    private final ResultMemory memory;

    private final Clock clock;

    /**
     * Whether answers are streamed: no more once the provider has shown that it cannot.
     */
    private volatile boolean streams;

    ModelClient(OpenAiSettings settings, RestClient.Builder http, HttpConnections connections, JsonMapper json,
            ResultMemory memory, Clock clock) {
        this.settings = settings;
        this.endpoint = settings.endpoint();
        this.format = settings.requestedFormat(json);
        this.json = json;
        this.http = http.defaultHeaders(this::authenticate);
        this.connections = connections;
        this.memory = memory;
        this.streams = settings.stream();
        this.clock = clock;
    }

    private void authenticate(HttpHeaders headers) {
        if (this.endpoint.isDeployment()) {
            headers.set("api-key", this.settings.requiredApiKey());
        }
        else {
            headers.setBearerAuth(this.settings.requiredApiKey());
        }
    }

    /**
     * Asks the model.
     * @param answer takes what is streamed
     * @param timeout how long the call may take, until the last byte of its answer
     * @return what it makes of the prompt: a result or a failure
     * @throws CallFailedException if it was not asked or did not answer
     */
    Outcome ask(Job job, WrittenAnswer answer, Duration timeout) throws InterruptedException {
        if (this.streams) {
            StreamStall stall = new StreamStall(this.settings.streamIdle());
            Outcome outcome = call(job, this.connections.requests(timeout, stall), true,
                    (response) -> streamedOutcome(answer, response, timeout, stall), stall);
            if (outcome != null) {
                return outcome;
            }
        }
        return Objects.requireNonNull(
                call(job, this.connections.requests(timeout), false, (response) -> outcome(response, timeout), null));
    }

    private @Nullable Outcome call(Job job, ClientHttpRequestFactory requests, boolean stream, Responses responses,
            @Nullable StreamStall stall) throws InterruptedException {
        try {
            return this.http.clone()
                .requestFactory(requests)
                .build()
                .post()
                .uri(this.endpoint.url())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body(job.prompt(), stream))
                .exchange((sent, response) -> responses.outcome(response));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw (stall != null && stall.isStalled())
                    ? failed(PROVIDER + " stopped in the middle of its answer", ErrorCode.PROVIDER_TIMEOUT)
                    : CallFailedException.notAnswered(PROVIDER, ex);
        }
    }

    /** Whole, so that its length is sent: not every server reads a body in chunks. */
    private byte[] body(String prompt, boolean stream) {
        return this.json.writeValueAsBytes(new Request(this.settings.model(), messages(prompt), this.format,
                stream ? true : null, stream ? new StreamOptions(true) : null));
    }

    private List<Message> messages(String prompt) {
        List<Message> messages = new ArrayList<>();
        if (!this.settings.systemPrompt().isBlank()) {
            messages.add(new Message("system", this.settings.systemPrompt()));
        }
        messages.add(new Message("user", prompt));
        return messages;
    }

    private Outcome outcome(ClientHttpResponse response, Duration timeout) throws IOException {
        if (response.getStatusCode().is2xxSuccessful()) {
            return answer(response, timeout);
        }
        throw failed(response.getStatusCode().value(), error(response), response);
    }

    private static @Nullable ProviderError error(ClientHttpResponse response) throws IOException {
        return ProviderError.read(new ByteArrayInputStream(response.getBody().readNBytes(MAX_PROBLEM_BYTES)));
    }

    /**
     * Returns null where the provider does not stream: it is to be asked for all at once.
     */
    private @Nullable Outcome streamedOutcome(WrittenAnswer answer, ClientHttpResponse response, Duration timeout,
            StreamStall stall) throws IOException {
        if (!response.getStatusCode().is2xxSuccessful()) {
            return problem(response);
        }
        String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.regionMatches(true, 0, MediaType.TEXT_EVENT_STREAM_VALUE, 0,
                MediaType.TEXT_EVENT_STREAM_VALUE.length())) {
            streamNoMore("it answers in one piece");
            return answer(response, timeout);
        }
        try {
            return stream(answer, response, timeout, stall);
        }
        finally {
            stall.abandon();
        }
    }

    private @Nullable Outcome problem(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        ProviderError error = error(response);
        String message = (error != null) ? error.messageWithout(this.settings.requiredApiKey()) : "";
        if ((status == 400 || status == 422) && message.toLowerCase(Locale.ROOT).contains("stream")) {
            streamNoMore(message);
            return null;
        }
        throw failed(status, error, response);
    }

    private void streamNoMore(String reason) {
        this.streams = false;
        log.info("No answers of {} are streamed from now on: {}", this.endpoint, reason);
    }

    private Outcome stream(WrittenAnswer answer, ClientHttpResponse response, Duration timeout, StreamStall stall)
            throws IOException {
        StreamedCompletion completion = new StreamedCompletion(answer);
        EventData events = new EventData(response.getBody());
        awaitMemory(STREAMED / READING, timeout);
        boolean large = false;
        while (addNext(completion, events)) {
            if (completion.problem() != null) {
                this.memory.release();
                throw failed(completion.problem().status(), completion.problem(), response);
            }
            if (completion.length() > 0) {
                stall.goesOn();
            }
            if (!large && completion.length() > STREAMED / READING) {
                awaitMemory(-1, timeout);
                large = true;
            }
        }
        if (!completion.isWhole()) {
            throw new CallFailedException(PROVIDER + " broke off its answer", CallFailedException.Kind.TRANSIENT,
                    ErrorCode.PROVIDER_ERROR, Duration.ZERO);
        }
        return kept(completion.whole().outcome());
    }

    private static boolean addNext(StreamedCompletion completion, EventData events) throws IOException {
        return read(() -> {
            byte[] data = completion.isDone() ? null : events.next();
            if (data != null) {
                completion.add(ChatChunk.read(data));
            }
            return data != null;
        });
    }

    private Outcome answer(ClientHttpResponse response, Duration timeout) throws IOException {
        InputStream body = withoutBlanks(response.getBody());
        awaitMemory(response.getHeaders().getContentLength(), timeout);
        ChatCompletion completion = read(() -> ChatCompletion.read(body));
        if (completion == null) {
            return new Outcome.Failed("The model gave no answer", ErrorCode.ANSWER_EMPTY);
        }
        ProviderError problem = completion.problem();
        if (problem != null) {
            this.memory.release();
            throw failed(problem.status(), problem, response);
        }
        return kept(completion.outcome());
    }

    /**
     * Some providers send blanks for as long as the model thinks: no memory is reserved
     * for those.
     */
    private static InputStream withoutBlanks(InputStream body) throws IOException {
        PushbackInputStream rest = new PushbackInputStream(body);
        int next = rest.read();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            next = rest.read();
        }
        if (next != -1) {
            rest.unread(next);
        }
        return rest;
    }

    private void awaitMemory(long length, Duration timeout) throws IOException {
        try {
            long needed = (length < 0) ? ResultMemory.MAX_SHARE : length * READING;
            if (!this.memory.reserve(needed, timeout)) {
                throw new SocketTimeoutException("No memory became free to read the answer");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException(ex);
        }
    }

    private static <T extends @Nullable Object> T read(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        }
        catch (JacksonIOException ex) {
            throw ex.getCause();
        }
        catch (StreamConstraintsException ex) {
            throw failed("The model's answer is longer than a result may be", ErrorCode.RESULT_TOO_LARGE);
        }
        catch (JacksonException ex) {
            throw failed(PROVIDER + " gave an answer that is not a chat completion", ErrorCode.ANSWER_INVALID);
        }
    }

    private Outcome kept(Outcome outcome) {
        this.memory.shrink(
                (outcome instanceof Outcome.Completed completed) ? (long) completed.result().length() * REPORTING : 0);
        return outcome;
    }

    private CallFailedException failed(int status, @Nullable ProviderError error, ClientHttpResponse response) {
        String message = (error != null) ? error.messageWithout(this.settings.requiredApiKey()) : "";
        if (message.isEmpty() && (status == 401 || status == 403)) {
            return failed(PROVIDER + " refused the API key", ErrorCode.PROVIDER_REFUSED);
        }
        Duration retryAfter = RetryAfter.of(response.getHeaders(), this.clock).delay();
        return new CallFailedException("%s answered %s%s".formatted(PROVIDER, CallFailedException.status(status),
                message.isEmpty() ? "" : ": " + message), kind(status, retryAfter), code(status), retryAfter);
    }

    private static CallFailedException failed(String reason, ErrorCode code) {
        return new CallFailedException(reason, CallFailedException.Kind.FINAL, code, Duration.ZERO);
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 504, 524 -> ErrorCode.PROVIDER_TIMEOUT;
            case 408, 409, 429 -> ErrorCode.PROVIDER_ERROR;
            default -> (status >= 500) ? ErrorCode.PROVIDER_ERROR : ErrorCode.PROVIDER_REFUSED;
        };
    }

    private static CallFailedException.Kind kind(int status, Duration retryAfter) {
        return switch (status) {
            case 429 -> CallFailedException.Kind.BUSY;
            case 503 -> retryAfter.isZero() ? CallFailedException.Kind.OUTAGE : CallFailedException.Kind.BUSY;
            case 502, 529 -> CallFailedException.Kind.OUTAGE;
            case 504, 524 -> CallFailedException.Kind.FINAL; // the model may still be at
                                                             // it
            case 408, 409 -> CallFailedException.Kind.TRANSIENT;
            default -> (status >= 500) ? CallFailedException.Kind.TRANSIENT : CallFailedException.Kind.FINAL;
        };
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Request(String model, List<Message> messages,
            @JsonProperty("response_format") @Nullable JsonNode responseFormat, @Nullable Boolean stream,
            @JsonProperty("stream_options") @Nullable StreamOptions streamOptions) {
    }

    private record StreamOptions(@JsonProperty("include_usage") boolean includeUsage) {
    }

    private interface Responses {

        @Nullable Outcome outcome(ClientHttpResponse response) throws IOException;

    }

    private interface Reading<T extends @Nullable Object> {

        T read() throws IOException;

    }

    private record Message(String role, String content) {
    }

}
