package dev.jobprocessor.faults;

import java.time.Duration;
import java.time.Instant;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BrokerFaults {

    /** At least: two cores run the servers, the services and the load. */
    private static final int DRAINED_PER_SECOND = 150;

    @Test
    @Tag("brief")
    void acceptsJobsWhileTheBrokerIsUnavailable() throws Exception {
        try (Scenario scenario = Scenario.named("1 broker unavailable at submit")) {
            loseTheBrokerForAWhile(scenario);
            requireAllAccepted(scenario, scenario.verdict());
        }
    }

    @Test
    void publishesAgainWhatNoBrokerConfirmed() throws Exception {
        try (Scenario scenario = Scenario.named("4 connection cut before the confirm")) {
            try (SubmissionLoad load = scenario.load()) {
                for (int cut = 0; cut < 3; cut++) {
                    load.goOn(Duration.ofSeconds(2));
                    scenario.cluster().brokerOfApis().swallowAnswers();
                    load.goOn(Scenario.OUTAGE.dividedBy(4));
                    scenario.cluster().brokerOfApis().cut();
                }
            }
            requireAllAccepted(scenario, scenario.verdict());
        }
    }

    @Test
    void keepsJobsThatTheBrokerCannotRoute() throws Exception {
        try (Scenario scenario = Scenario.named("5 binding deleted")) {
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(3));
                try (Connection connection = connect(scenario); Channel channel = connection.createChannel()) {
                    channel.queueUnbind("jobs.work", "jobs", "job.created");
                    load.goOn(Scenario.OUTAGE);
                }
            }
            requireAllAccepted(scenario, scenario.verdict());
        }
    }

    @Test
    void goesOnThoughMessagesArePoison() throws Exception {
        try (Scenario scenario = Scenario.named("13 poison messages")) {
            try (SubmissionLoad load = scenario.load();
                    Connection connection = connect(scenario);
                    Channel channel = connection.createChannel()) {
                for (int i = 0; i < 10; i++) {
                    load.goOn(Duration.ofSeconds(1));
                    publish(channel, "job.created", "{\"jobId\":\"".getBytes(UTF_8));
                    publish(channel, "job.created",
                            "{\"jobId\":\"0123456789abcdef01234567\",\"prompt\":\"unknown\",\"attempt\":1}"
                                .getBytes(UTF_8));
                    publish(channel, "job.created", new byte[5_000_000]);
                    publish(channel, "job.started", "[]".getBytes(UTF_8));
                    publish(channel, "job.callback", "null".getBytes(UTF_8));
                    publish(channel, "job.dead", "?".getBytes(UTF_8));
                }
            }
            Verdict verdict = scenario.verdict();
            requireAllAccepted(scenario, verdict);
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
            try (Connection connection = connect(scenario); Channel channel = connection.createChannel()) {
                await().untilAsserted(
                        () -> assertThat(channel.messageCount("jobs.work") + channel.messageCount("jobs.callbacks")
                                + channel.messageCount("jobs.dead"))
                            .as("messages left")
                            .isZero());
            }
        }
    }

    @Test
    void forgetsNoJobWhenTheBrokerIsStartedAgain() throws Exception {
        try (Scenario scenario = Scenario.named("14a broker killed and started again")) {
            Instant lost;
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(5));
                scenario.cluster().broker().restart();
                lost = Instant.now();
                load.goOn(Duration.ofSeconds(10));
            }
            if (!scenario.cluster().broker().isDurable()) {
                // What an operator does whose broker has forgotten everything.
                scenario.cluster().management().redispatch(scenario.cluster().api(0).managementPort(), lost);
            }
            requireAllAccepted(scenario, scenario.verdict());
        }
    }

    @Test
    void acceptsJobsWhileTheBrokerTakesNone() throws Exception {
        try (Scenario scenario = Scenario.named("14b memory alarm")) {
            RabbitMq rabbit = requireRabbitMq(scenario, "no alarms");
            try (SubmissionLoad load = scenario.load()) {
                load.goOn(Duration.ofSeconds(3));
                rabbit.control("set_vm_memory_high_watermark", "0.00001");
                load.goOn(Scenario.OUTAGE);
                rabbit.control("set_vm_memory_high_watermark", "0.4");
                load.goOn(Duration.ofSeconds(3));
            }
            requireAllAccepted(scenario, scenario.verdict());
        }
    }

    @Test
    void acceptsJobsWhileTheQueueIsFull() throws Exception {
        try (Scenario scenario = Scenario.named("14c queue at its greatest length")) {
            RabbitMq rabbit = requireRabbitMq(scenario, "another policy");
            rabbit.control("set_policy", "full", "^jobs\\.work$", "{\"max-length\":50,\"overflow\":\"reject-publish\"}",
                    "--apply-to", "queues");
            try (SubmissionLoad load = scenario.load()) {
                scenario.cluster().brokerOfWorkers().refuse();
                load.goOn(Duration.ofSeconds(10));
                scenario.cluster().brokerOfWorkers().resume();
                load.goOn(Duration.ofSeconds(10));
            }
            finally {
                rabbit.control("clear_policy", "full");
            }
            requireAllAccepted(scenario, scenario.verdict());
        }
    }

    @Test
    void publishesOnceThoughThreeRelaysAreAtIt() throws Exception {
        try (Scenario scenario = Scenario.named("19 three relays at once")) {
            loseTheBrokerForAWhile(scenario);
            Verdict verdict = scenario.verdict();
            requireAllAccepted(scenario, verdict);
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    /** Work that lasts for longer than RabbitMQ waits for its acknowledgement. */
    @Test
    void executesOnceWhatIsRedeliveredToTheWorkerThatRunsIt() throws Exception {
        requireEachExecutedOnce("33 work longer than consumer_timeout", 1, Duration.ofSeconds(5),
                Scenario.seconds(30, 12));
    }

    /** The broker redelivers to either. */
    @Test
    void executesOnceWhatIsRedeliveredToAnotherWorker() throws Exception {
        requireEachExecutedOnce("33b the same with two workers", 2, Scenario.seconds(60, 15), Scenario.seconds(90, 30));
    }

    private static void requireEachExecutedOnce(String name, int workers, Duration timeout, Duration work)
            throws Exception {
        Assumptions.assumeTrue(Broker.isRabbitMq(), "The embedded broker waits for ever: only with -Dbroker=rabbitmq");
        try (Scenario scenario = Scenario.withWorkers(name, workers)) {
            RabbitMq rabbit = requireRabbitMq(scenario, "no such timeout");
            rabbit.control("eval",
                    ("application:set_env(rabbit, consumer_timeout, %d), "
                            + "application:set_env(rabbit, channel_tick_interval, 1000).")
                        .formatted(timeout.toMillis()));
            scenario.cluster().brokerOfWorkers().cut(); // it holds for new channels
            scenario.model().takes(work);
            scenario.submitBacklog(100);
            Verdict verdict = scenario.verdict(Scenario.RECOVERY.plus(work.multipliedBy(2)));
            long closed = scenario.cluster().logged("delivery acknowledgement on channel");
            scenario.note("RabbitMQ closed channels of workers %d times", closed);
            assertThat(closed).as("channels closed").isPositive();
            assertThat(verdict.completed()).isEqualTo(verdict.accepted());
            assertThat(verdict.executedTwice()).as("executed twice").isEmpty();
        }
    }

    private static void loseTheBrokerForAWhile(Scenario scenario) {
        try (SubmissionLoad load = scenario.load()) {
            load.goOn(Duration.ofSeconds(3));
            scenario.cluster().brokerOfApis().refuse();
            load.goOn(Scenario.OUTAGE);
            scenario.cluster().brokerOfApis().resume();
            load.goOn(Duration.ofSeconds(3));
        }
    }

    @Test
    @Tag("brief")
    void keepsAcceptingThoughTheBrokerIsSilentAndJobsAreOverdue() throws Exception {
        try (Scenario scenario = Scenario.withMockWorker("1b broker silent, many jobs overdue", Duration.ZERO);
                StoredJobs stored = new StoredJobs(scenario.cluster().databaseUri())) {
            scenario.cluster().brokerOfApis().stall();
            stored.insertOverdue(Scenario.pick(100_000, 5000), scenario.ledger());
            try (Storm storm = Storm.start(scenario, 200)) {
                requireNothingForNothing(scenario, () -> storm.goOn(Scenario.seconds(300, 15)));
            }
            scenario.cluster().brokerOfApis().resume();
            Instant back = Instant.now();
            int jobs = scenario.ledger().accepted().size();
            await().atMost(Scenario.RECOVERY.plusSeconds(jobs / DRAINED_PER_SECOND))
                .pollInterval(Duration.ofSeconds(1))
                .until(stored::noneIsPending);
            scenario.note("%d jobs are completed %d s after the broker is back; %d were published twice", jobs,
                    Duration.between(back, Instant.now()).toSeconds(), stored.publishedTwice());
            requireAllAccepted(scenario, scenario.judge(stored.findAll()));
        }
    }

    private static void requireNothingForNothing(Scenario scenario, Runnable outage) throws Exception {
        ProxiedCluster cluster = scenario.cluster();
        long relayed = cluster.logged(ProxiedCluster.RELAYED);
        long before = cluster.heapMegabytes(cluster.api(0));
        outage.run();
        long after = cluster.heapMegabytes(cluster.api(0));
        long leased = cluster.logged(ProxiedCluster.RELAYED) - relayed;
        scenario.note("heap after a collection: %d MB before, %d MB at the end of the outage; %d batches leased in it",
                before, after, leased);
        assertThat(after).as("heap").isLessThan(before + 50);
        assertThat(leased).as("leased though nothing can be published").isZero();
    }

    /** Submit answered as if nothing had happened. */
    private static void requireAllAccepted(Scenario scenario, Verdict verdict) {
        scenario.note("submits answered within %d ms (p99), %d ms (max)", scenario.ledger().latency(99),
                scenario.ledger().latency(100));
        assertThat(scenario.ledger().statuses()).as("answers of submits").containsExactly(201);
        assertThat(verdict.accepted()).isEqualTo(verdict.attempted());
    }

    private static RabbitMq requireRabbitMq(Scenario scenario, String reason) {
        Assumptions.assumeTrue(scenario.cluster().broker() instanceof RabbitMq,
                () -> "The embedded broker knows %s: only with -Dbroker=rabbitmq".formatted(reason));
        return (RabbitMq) scenario.cluster().broker();
    }

    private static void publish(Channel channel, String key, byte[] body) throws Exception {
        channel.basicPublish("jobs", key, new BasicProperties.Builder().deliveryMode(2).build(), body);
    }

    static Connection connect(Scenario scenario) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(scenario.cluster().broker().port());
        return factory.newConnection();
    }

}
