package dev.jobprocessor.worker;

import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.testing.TcpProxy;
import dev.jobprocessor.testing.TestBroker;
import dev.jobprocessor.worker.processing.Processor;
import dev.jobprocessor.worker.processing.WorkQueue;
import dev.jobprocessor.worker.processing.WorkQueues;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

import static org.awaitility.Awaitility.await;

/** A whole worker, except that it can be given a processor that a test controls. */
final class TestWorker implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestWorker(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static TestWorker start(ScriptedServer webhook, @Nullable Processor processor, String... settings) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--worker.name=worker-1",
                "--worker.callback.url=" + webhook.url("/callback"), "--worker.callback.retry-for=300ms",
                "--worker.callback.retry-delay=20ms", "--worker.callback.max-retry-delay=100ms",
                "--worker.callback.timeout=1m", "--worker.callback.max-concurrency=64"));
        all.addAll(List.of(settings));
        TestWorker worker = new TestWorker(
                new SpringApplicationBuilder(WorkerServiceApplication.class, TestBroker.class)
                    .initializers(with(processor))
                    .run(all.toArray(String[]::new)));
        worker.awaitConsuming();
        return worker;
    }

    private static ApplicationContextInitializer<GenericApplicationContext> with(@Nullable Processor processor) {
        return (context) -> {
            if (processor != null) {
                context.registerBean("testQueues", WorkQueues.class, () -> queues(processor, context.getEnvironment()),
                        (definition) -> definition.setPrimary(true));
            }
        };
    }

    private static WorkQueues queues(Processor processor, Environment settings) {
        int concurrency = settings.getProperty("worker.prefetch", Integer.class, processor.concurrency());
        return new WorkQueues(List.of(new WorkQueue(WorkQueue.DEFAULT, processor, concurrency)));
    }

    TcpProxy brokerProxy() {
        return this.context.getBean(TcpProxy.class);
    }

    int port() {
        return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    boolean isConsuming() {
        Health health = this.context.getBean("consumingHealthIndicator", HealthIndicator.class).health();
        return health != null && health.getStatus() == Status.UP;
    }

    void awaitConsuming() {
        await().until(this::isConsuming);
    }

    /** What SIGTERM does. */
    @Override
    public void close() {
        this.context.close();
    }

}
