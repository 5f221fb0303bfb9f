package dev.jobprocessor.api.dispatch;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.jobprocessor.api.ApiServiceApplication;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.testing.TcpProxy;
import dev.jobprocessor.testing.TestBroker;
import dev.jobprocessor.testing.TestDatabase;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ShutdownIntegrationTests {

    private final MongoClient database = MongoClients.create(TestDatabase.uri());

    @AfterEach
    void disconnect() {
        this.database.close();
    }

    @Test
    void marksWhatIsConfirmedWhileItStops() {
        ConfigurableApplicationContext api = start();
        TcpProxy broker = api.getBean("brokerProxy", TcpProxy.class);
        String opensTheConnection = submit(api);
        await().until(() -> isMarked(opensTheConnection));
        // They are the first to stop, which a stalled broker would delay past its
        // heartbeat.
        api.getBean(RabbitListenerEndpointRegistry.class).stop();
        broker.stall();
        String id = submit(api);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(api::close);
        JobDispatcher dispatcher = api.getBean(JobDispatcher.class);
        await().until(() -> !dispatcher.isRunning());
        assertThat(isMarked(id)).isFalse();
        broker.resume();
        closing.join();
        assertThat(isMarked(id)).isTrue();
    }

    /** No other instance publishes the job in its place. */
    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(ApiServiceApplication.class, TestBroker.class, TestDatabase.class).run(
                "--server.port=0", "--management.server.port=0", "--webhook.secret=sesame", "--access.mode=open",
                "--dispatch.confirm-timeout=5m");
    }

    private static String submit(ConfigurableApplicationContext api) {
        Map<?, ?> job = RestClient.create("http://localhost:" + api.getEnvironment().getProperty("local.server.port"))
            .post()
            .uri("/jobs")
            .body(Map.of("prompt", "a"))
            .retrieve()
            .body(Map.class);
        return (String) Objects.requireNonNull(Objects.requireNonNull(job).get("id"));
    }

    private boolean isMarked(String id) {
        String name = Objects.requireNonNull(new ConnectionString(TestDatabase.uri()).getDatabase());
        Document job = this.database.getDatabase(name)
            .getCollection("jobs")
            .find(new Document("_id", new ObjectId(id)))
            .first();
        return job != null && job.containsKey(JobFields.SENT_AT) && !job.containsKey(JobFields.DISPATCH_DUE);
    }

}
