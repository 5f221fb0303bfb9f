package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.jobprocessor.worker.callback.ProviderLimit;
import dev.jobprocessor.worker.http.HttpConnections;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.web.client.RestClient;

/**
 * Asks a language model behind any endpoint that speaks OpenAI's chat completions,
 * Azure's included. A provider that refuses calls defers jobs and fails none.
 */
final class OpenAiProcessor implements Processor {

    /** Far less than the half hour after which RabbitMQ takes a consumer for dead. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    /** None at all would be for ever. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final OpenAiSettings settings;

    private final ModelClient model;

    private final PartialOutput output;

    private final ProviderGate gate;

    private final InstantSource time;

    OpenAiProcessor(OpenAiSettings settings, RestClient.Builder http, HttpConnections connections, JsonMapper json,
            ResultMemory memory, PartialOutput output, Clock clock, InstantSource time) {
        this.settings = settings;
        this.model = new ModelClient(settings, http, connections, json, memory, clock);
        this.output = output;
        this.gate = new ProviderGate(time, settings.rateLimit());
        this.time = time;
    }

    @Override
    public String name() {
        return "openai";
    }

    /** Few, since each costs money and providers limit them. */
    @Override
    public int concurrency() {
        return 16;
    }

    @Override
    public void awaitReadiness() throws InterruptedException {
        this.gate.await(MAX_WAIT);
    }

    @Override
    public @Nullable ProviderLimit limit() {
        return this.gate.limit();
    }

    @Override
    public boolean isClaimed() {
        return true;
    }

    @Override
    public Outcome process(Job job) throws InterruptedException {
        BackOffExecution waits = this.settings.startRetries();
        Instant startedAt = this.time.instant();
        WrittenAnswer answer = new WrittenAnswer(job, this.output, System::nanoTime);
        for (Instant start = this.gate.begin(); start != null; start = this.gate.begin()) {
            try {
                return ask(job, answer, timeLeft(job, startedAt), start);
            }
            catch (CallFailedException ex) {
                answer.clear();
                long wait = isRepeatable(ex) ? waits.nextBackOff() : BackOffExecution.STOP;
                if (wait == BackOffExecution.STOP || wait >= timeLeft(job, startedAt).toMillis()) {
                    return ended(ex);
                }
                Thread.sleep(wait);
            }
            finally {
                this.gate.end(start);
            }
        }
        return this.gate.deferred();
    }

    private Outcome ask(Job job, WrittenAnswer answer, Duration timeout, Instant start) throws InterruptedException {
        Outcome outcome = this.model.ask(job, answer, timeout);
        this.gate.succeeded(start);
        if (outcome instanceof Outcome.Completed completed && completed.usage() != null) {
            this.gate.used(completed.usage().tokens());
        }
        return outcome;
    }

    /** A job's own timeout bounds all its calls, the setting each of them. */
    private Duration timeLeft(Job job, Instant startedAt) {
        if (job.timeout() == null) {
            return this.settings.timeout();
        }
        Duration left = Duration.between(this.time.instant(), startedAt.plus(job.timeout()));
        return left.isPositive() ? left : SHORTEST;
    }

    private static boolean isRepeatable(CallFailedException ex) {
        return switch (ex.kind()) {
            case OUTAGE, TRANSIENT -> true;
            case BUSY, FINAL -> false;
        };
    }

    private Outcome ended(CallFailedException ex) {
        return switch (ex.kind()) {
            case BUSY -> this.gate.pause(this.settings.bounded(ex.retryAfter()), ex.reason());
            case OUTAGE -> this.gate.outage(ex.reason());
            case TRANSIENT, FINAL -> new Outcome.Failed(ex.reason(), ex.code());
        };
    }

}
