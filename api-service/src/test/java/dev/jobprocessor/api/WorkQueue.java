package dev.jobprocessor.api;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.testing.TestBroker;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.DisposableBean;

/** What a worker sees of the broker, past the proxy that tests cut. */
public class WorkQueue implements DisposableBean {

    private static final long TIMEOUT = 60_000;

    private final CachingConnectionFactory connections = new CachingConnectionFactory(URI.create(TestBroker.uri()));

    private final RabbitTemplate rabbit = new RabbitTemplate(this.connections);

    private final RabbitAdmin admin = new RabbitAdmin(this.connections);

    private final JsonMapper mapper = new JsonMapper();

    /** Takes the next job, which must come. */
    public JsonNode take() {
        return this.mapper.readTree(takeMessage().getBody());
    }

    /** Takes the job, which must come, and what comes before it. */
    public JsonNode take(String jobId) {
        JsonNode message = take();
        return message.get("jobId").stringValue().equals(jobId) ? message : take(jobId);
    }

    /** Takes the next message of any queue, which must come. */
    public JsonNode takeFrom(String queue) {
        return this.mapper.readTree(takeMessage(queue).getBody());
    }

    Message takeMessage() {
        return takeMessage("jobs.work");
    }

    private Message takeMessage(String queue) {
        return Objects.requireNonNull(this.rabbit.receive(queue, TIMEOUT), "no job was published");
    }

    /** Takes what there is. */
    public List<String> takeAll() {
        List<String> ids = new ArrayList<>();
        Message message;
        while ((message = this.rabbit.receive("jobs.work")) != null) {
            ids.add(this.mapper.readTree(message.getBody()).get("jobId").stringValue());
        }
        return ids;
    }

    public void started(String jobId, int attempt, String worker) {
        startedAt(Instant.now(), jobId, attempt, worker);
    }

    /** A start as published by a worker whose clock may be off. */
    void startedAt(Instant time, String jobId, int attempt, String worker) {
        send("job.started", """
                {"jobId": "%s", "attempt": %d, "worker": "%s", "startedAt": "%s"}
                """.formatted(jobId, attempt, worker, time), null);
    }

    public void send(String key, String body, @Nullable String reason) {
        sendWith(key, body, (reason != null) ? Map.of("reason", reason) : Map.of());
    }

    void sendWith(String key, String body, Map<String, Object> headers) {
        this.rabbit.send("jobs", key, MessageBuilder.withBody(body.getBytes()).copyHeaders(headers).build());
    }

    public void unbind() {
        this.admin.removeBinding(new Binding("jobs.work", Binding.DestinationType.QUEUE, "jobs", "job.created", null));
    }

    void purge() {
        List.of("jobs.work", "jobs.work.llm", "jobs.dead", "jobs.started")
            .forEach((queue) -> this.admin.purgeQueue(queue, false));
    }

    @Override
    public void destroy() {
        this.connections.destroy();
    }

}
