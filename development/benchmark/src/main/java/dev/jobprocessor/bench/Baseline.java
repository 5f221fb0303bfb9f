package dev.jobprocessor.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import org.bson.Document;

/**
 * The least that keeps the promise: inserts jobs durably, publishes as many messages and
 * waits for the broker's confirm, with the drivers alone. Its collection and queue are
 * like the product's.
 */
final class Baseline implements AutoCloseable {

    private static final String NAME = "baseline-jobs";

    private static final long CONFIRM = Duration.ofSeconds(30).toMillis();

    private final MongoCollection<Document> jobs;

    private final Document model;

    private final byte[] message;

    private final Connection broker;

    private Baseline(MongoCollection<Document> jobs, Document model, Connection broker) {
        this.jobs = jobs;
        this.model = model;
        this.message = "{\"jobId\":\"%s\",\"prompt\":\"%s\",\"attempt\":1,\"createdAt\":\"2026-01-01T00:00:00.000Z\"}"
            .formatted(model.get("_id"), model.get("prompt"))
            .getBytes(StandardCharsets.UTF_8);
        this.broker = broker;
    }

    static Baseline of(BenchmarkCluster cluster) throws Exception {
        cluster.submit(1);
        Connection broker = cluster.servers().connect();
        try (Channel channel = broker.createChannel()) {
            channel.queueDeclare(NAME, true, false, false, Map.of("x-queue-type", "quorum"));
        }
        MongoCollection<Document> jobs = cluster.jobs().sibling(NAME);
        return new Baseline(jobs.withWriteConcern(WriteConcern.MAJORITY.withJournal(true)), cluster.jobs().newest(),
                broker);
    }

    Load.Client client(int batch) {
        return () -> {
            Channel channel = this.broker.createChannel();
            channel.confirmSelect();
            return new Load.Call() {
                @Override
                public void run() throws Exception {
                    submit(batch, channel);
                }

                @Override
                public void close() throws Exception {
                    channel.close();
                }
            };
        };
    }

    /** Deletes what was inserted and published. */
    void forget() throws Exception {
        this.jobs.deleteMany(new Document());
        try (Channel channel = this.broker.createChannel()) {
            channel.queuePurge(NAME);
        }
    }

    private void submit(int batch, Channel channel) throws Exception {
        List<Document> documents = Stream.generate(() -> StoredJobs.copy(this.model)).limit(batch).toList();
        this.jobs.insertMany(new ArrayList<>(documents));
        for (int i = 0; i < batch; i++) {
            channel.basicPublish("", NAME, true, MessageProperties.PERSISTENT_BASIC, this.message);
        }
        channel.waitForConfirmsOrDie(CONFIRM);
    }

    @Override
    public void close() throws Exception {
        try (Channel channel = this.broker.createChannel()) {
            channel.queueDelete(NAME);
        }
        this.broker.close();
    }

}
