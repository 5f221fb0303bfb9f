package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpExchange;
import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.ReceiverDisabled;
import dev.jobprocessor.api.webhooks.TestReceiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;

import static dev.jobprocessor.api.webhooks.TestReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
@TestPropertySource(properties = { "deliveries.retry-delays=100ms,100ms", "deliveries.timeout=500ms" })
class WebhooksIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private OrphanedDeliveries orphans;

    @Autowired
    private SecretCipher cipher;

    @Autowired
    private DeliverySettings settings;

    @Autowired
    private DatabaseErrors databaseErrors;

    @Autowired
    private Clock clock;

    private final CountDownLatch end = new CountDownLatch(1);

    private TestReceiver receiver;

    private String secret;

    @BeforeEach
    void start() throws IOException {
        this.mongo.remove(new Query(), Delivery.COLLECTION);
        this.mongo.remove(new Query(), Receiver.COLLECTION);
        this.mongo.remove(new Query(), "webhook-secrets");
        this.receiver = new TestReceiver();
        this.secret = newSecret();
    }

    @AfterEach
    void stop() {
        this.receiver.close();
    }

    @Test
    void sendsASignedNotificationOfTheEndOfAJob() {
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        assertThat(job.path("webhook").path("url").asString()).isEqualTo(this.receiver.url());
        assertThat(list(id(job))).isEmpty();
        this.api.callback(id(job), 1, "COMPLETED", "{\"answer\":42}");

        Received received = awaitReceived(1).getFirst();

        assertThat(received.isSignedBy(this.secret)).isTrue();
        assertThat(received.json().propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(received.json().path("type").asString()).isEqualTo("job.completed");
        JsonNode data = received.json().path("data");
        assertThat(data.path("id").asString()).isEqualTo(id(job));
        assertThat(data.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(data.path("result").asString()).isEqualTo("{\"answer\":42}");
        assertThat(data.has("prompt")).isFalse();
        JsonNode delivery = awaitStatus(id(job), "delivered");
        assertThat(delivery.path("id").asString()).isEqualTo(received.id());
        assertThat(delivery.path("httpStatus").asInt()).isEqualTo(200);
        assertThat(delivery.path("answer").asString()).isEqualTo("status 200");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
        assertThat(delivery.has("nextAttemptAt")).isFalse();
        await().until(() -> !isMarked(id(job)));
    }

    @Test
    void theReferenceLibraryVerifiesWhatIsSent() throws Exception {
        assumeThat(Path.of("../ui/node_modules/standardwebhooks")).as("npm install in ui").exists();
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "é\u2028\"");
        Received received = awaitReceived(1).getFirst();
        assertThat(verifyByNode(received, this.secret)).contains("verified job.completed");
        assertThat(verifyByNode(received, newSecret())).contains("No matching signature");
    }

    private static String verifyByNode(Received received, String secret) throws IOException {
        Process node = new ProcessBuilder("node", "scripts/verify-webhook.mjs", secret, received.body(),
                received.header("webhook-id"), received.header("webhook-timestamp"),
                received.header("webhook-signature"))
            .directory(Path.of("../ui").toFile())
            .redirectErrorStream(true)
            .start();
        return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void sendsResultsOfTwentyKilobytesAndNoneThatIsLonger() {
        for (int length : List.of(DeliveryPayload.MAX_RESULT_BYTES, DeliveryPayload.MAX_RESULT_BYTES + 1)) {
            JsonNode job = submit(Map.of("url", this.receiver.url()));
            this.api.callback(id(job), 1, "COMPLETED", "a".repeat(length));
        }
        List<JsonNode> data = awaitReceived(2).stream().map((received) -> received.json().path("data")).toList();
        assertThat(data).extracting((job) -> job.path("result").asString("").length())
            .containsExactlyInAnyOrder(DeliveryPayload.MAX_RESULT_BYTES, 0);
        assertThat(data).extracting((job) -> job.path("resultTruncated").asBoolean(false))
            .containsExactlyInAnyOrder(false, true);
    }

    @Test
    void sendsTheEventsThatAreWanted() {
        JsonNode job = submit(Map.of("url", this.receiver.url(), "events", List.of("job.completed", "job.cancelled")));
        this.api.callback(id(job), 1, "FAILED", "no");
        await().until(() -> !isMarked(id(job)));
        assertThat(this.api.call(HttpMethod.POST, "/jobs/" + id(job) + "/retry").getStatusCode().value())
            .isEqualTo(200);
        this.api.call(HttpMethod.POST, "/jobs/" + id(job) + "/cancel");

        assertThat(awaitReceived(1).getFirst().json().path("type").asString()).isEqualTo("job.cancelled");
        assertThat(list(id(job))).hasSize(1);
    }

    @Test
    void notifiesOfEachEndOfAJobThatIsRetriedAtOnce() {
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        for (int attempt = 1; attempt <= 5; attempt++) {
            this.api.callback(id(job), attempt, "FAILED", "no");
            this.api.call(HttpMethod.POST, "/jobs/" + id(job) + "/retry");
        }
        assertThat(awaitReceived(5)).extracting(Received::id).doesNotHaveDuplicates();
        await()
            .until(() -> list(id(job)).stream().allMatch((sent) -> sent.path("status").asString().equals("delivered")));
        assertThat(this.receiver.received()).hasSize(5);
    }

    @Test
    void retriesWithTheSameIdUntilItIsDelivered() {
        this.receiver.answer(status(500), status(302));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "FAILED", "no");

        JsonNode delivery = awaitStatus(id(job), "delivered");

        assertThat(delivery.path("attempts").asInt()).isEqualTo(3);
        assertThat(delivery.has("error")).isFalse();
        assertThat(this.receiver.received()).hasSize(3)
            .allMatch((received) -> received.id().equals(delivery.path("id").asString()))
            .allMatch((received) -> received.body().equals(this.receiver.received().getFirst().body()))
            .allMatch((received) -> received.isSignedBy(this.secret));
        await().until(() -> this.mongo.count(new Query(), Receiver.class) == 0);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        this.receiver.answer(status(500), status(404), status(307));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");

        JsonNode delivery = awaitStatus(id(job), "failed");

        assertThat(delivery.path("attempts").asInt()).isEqualTo(3);
        assertThat(delivery.path("httpStatus").asInt()).isEqualTo(307);
        assertThat(delivery.path("error").asString()).contains("redirects");
        assertThat(delivery.path("answer").asString()).isEqualTo("status 307");
        assertThat(this.receiver.received()).hasSize(3);
    }

    @Test
    void endsAtOnceWhereTheReceiverIsGone() {
        this.receiver.answer(status(410));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");

        assertThat(awaitStatus(id(job), "failed").path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void redeliversWithTheSameId() {
        this.receiver.answer(status(410));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");
        String path = "/jobs/" + id(job) + "/deliveries/" + awaitStatus(id(job), "failed").path("id").asString();

        assertThat(body(this.api.call(HttpMethod.POST, path + "/redeliver")).path("status").asString())
            .isEqualTo("pending");

        awaitStatus(id(job), "delivered");
        assertThat(awaitReceived(2)).extracting(Received::id).containsOnly(awaitReceived(2).getFirst().id());
        assertThat(
                this.api.call(HttpMethod.POST, "/jobs/" + id(job) + "/deliveries/x/redeliver").getStatusCode().value())
            .isEqualTo(404);
        assertThat(this.api.call(HttpMethod.GET, "/jobs/6925f0a1c3b2a40f5d1e7a01/deliveries").getStatusCode().value())
            .isEqualTo(404);
    }

    @Test
    void redeliversAllThatFailedSinceSomeTime() {
        this.receiver.answer(status(410), status(410));
        for (int i = 0; i < 2; i++) {
            JsonNode job = submit(Map.of("url", this.receiver.url()));
            this.api.callback(id(job), 1, "COMPLETED", "a");
            awaitStatus(id(job), "failed");
        }
        assertThat(redeliverSince(this.clock.instant().plusSeconds(60)).path("deliveries").asInt()).isZero();

        JsonNode redelivered = redeliverSince(this.clock.instant().minusSeconds(60));

        assertThat(redelivered.path("deliveries").asInt()).isEqualTo(2);
        assertThat(redelivered.path("more").asBoolean()).isFalse();
        awaitReceived(4);
    }

    @Test
    void disablesAReceiverThatFailedForDaysUntilARedelivery() {
        String receiver = Receiver.id(null, "127.0.0.1:" + this.receiver.port());
        failingSince(receiver, Duration.ofDays(5));
        this.receiver.answer(status(500));
        JsonNode first = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(first), 1, "COMPLETED", "a");
        JsonNode delivery = awaitStatus(id(first), "failed");
        assertThat(delivery.path("error").asString()).contains("disabled since");
        await().until(() -> this.mongo.exists(Query.query(Criteria.where("target").is(receiver)), "audit"));
        JsonNode second = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(second), 1, "COMPLETED", "a");
        awaitStatus(id(second), "failed");
        assertThat(this.receiver.received()).hasSize(1);

        this.api.call(HttpMethod.POST,
                "/jobs/" + id(first) + "/deliveries/" + delivery.path("id").asString() + "/redeliver");

        awaitStatus(id(first), "delivered");
    }

    @Test
    void disablesNoReceiverThatFailedForLess() {
        String receiver = Receiver.id(null, "127.0.0.1:" + this.receiver.port());
        failingSince(receiver, Duration.ofDays(5).minusMinutes(1));
        this.receiver.answer(status(500));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");

        awaitStatus(id(job), "delivered");
    }

    @Test
    void disablesAReceiverOnceItHasFailedForFiveDays() {
        AtomicReference<Instant> now = new AtomicReference<>(this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
        List<Object> events = new ArrayList<>();
        Receivers receivers = new Receivers(this.mongo, events::add, this.databaseErrors, this.settings, at(now));
        this.receiver.answer(status(410));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");
        awaitStatus(id(job), "failed");
        Delivery delivery = this.deliveries.ofJob(id(job)).getFirst();
        this.mongo.remove(new Query(), Receiver.COLLECTION);
        List<DeliveryResult> failure = List
            .of(new DeliveryResult(delivery, Delivery.Status.PENDING, now.get(), now.get(), 500, "", "It answers 500"));

        receivers.note(failure);
        Instant since = now.get();
        now.set(since.plus(Duration.ofDays(5)).minusMillis(1));
        receivers.note(failure);
        assertThat(receivers.disabledSince(delivery.receiver())).isNull();
        assertThat(events).isEmpty();
        now.set(since.plus(Duration.ofDays(5)));
        receivers.note(failure);
        receivers.note(failure);

        assertThat(receivers.disabledSince(delivery.receiver())).isEqualTo(now.get());
        assertThat(events).containsExactly(new ReceiverDisabled(delivery.receiver(), now.get()));
    }

    private void failingSince(String receiver, Duration ago) {
        this.mongo.insert(new Receiver(receiver, this.clock.instant().minus(ago), null));
    }

    @Test
    void sendsAgainWhatAKilledInstanceHadLeased() {
        this.receiver.answer(status(410));
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");
        String id = awaitStatus(id(job), "failed").path("id").asString();
        this.deliveries.redeliver(List.of(id), this.clock.instant().plusSeconds(60));
        Instant until = this.clock.instant().plusSeconds(2);
        assertThat(this.deliveries.lease(List.of(id), this.clock.instant().plusSeconds(61), until)).hasSize(1);

        awaitStatus(id(job), "delivered");

        assertThat(this.clock.instant()).isAfterOrEqualTo(until);
        assertThat(this.receiver.received()).hasSize(2).allMatch((received) -> received.id().equals(id));
    }

    @Test
    void findsTheEndedJobsOfAnInstanceThatWasKilledBeforeItStoredTheirDeliveries() {
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(id(job))),
                new Update().set("status", "CANCELLED")
                    .set(JobFields.COMPLETED_AT, this.clock.instant())
                    .rename(JobFields.WEBHOOK_ARMED, JobFields.WEBHOOK_DUE),
                Job.class);

        assertThat(awaitReceived(1).getFirst().json().path("type").asString()).isEqualTo("job.cancelled");
        await().until(() -> !isMarked(id(job)));
    }

    @Test
    void signsByTheNewerAndTheOlderSecretWhileReceiversLearn() {
        String newer = newSecret();
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");

        Received received = awaitReceived(1).getFirst();

        assertThat(received.isSignedBy(this.secret)).isTrue();
        assertThat(received.isSignedBy(newer)).isTrue();
        assertThat(received.header("webhook-signature").split(" ")).hasSize(2);
    }

    @Test
    void refusesAWebhookWithoutASecretAndMoreThanFiveSecrets() {
        this.mongo.remove(new Query(), "webhook-secrets");
        // What was cached is another submitter's in production.
        for (int i = 0; i < OwnSecrets.MAX; i++) {
            newSecret();
        }
        assertThat(this.api.call(HttpMethod.POST, "/webhook-secrets").getStatusCode().value()).isEqualTo(409);
        JsonNode listed = body(this.api.call(HttpMethod.GET, "/webhook-secrets"));
        assertThat(listed).hasSize(OwnSecrets.MAX);
        assertThat(listed.toString()).doesNotContain("whsec_");
        assertThat(listed.get(0).has("validUntil")).isFalse();
        assertThat(listed.get(1).has("validUntil")).isTrue();
    }

    @Test
    void signsWhatIsPendingByTheOthersOnceASecretIsDeleted() throws Exception {
        String newer = newSecret();
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        assertThat(delete(secretId(1)).getStatusCode().value()).isEqualTo(204);
        this.api.callback(id(job), 1, "COMPLETED", "a");

        Received received = awaitReceived(1).getFirst();

        assertThat(received.isSignedBy(newer)).isTrue();
        assertThat(received.isSignedBy(this.secret)).isFalse();
    }

    @Test
    void signsByTheOlderSecretWhereTheNewestIsDeleted() {
        newSecret();
        String older = secretId(1);
        assertThat(delete(secretId(0)).getStatusCode().value()).isEqualTo(204);
        assertThat(secretId(0)).isEqualTo(older);
        assertThat(secrets().get(0).has("validUntil")).isFalse();
    }

    @Test
    void deletesWhatSignsNoMoreWithASecret() {
        newSecret();
        newSecret();
        this.mongo.updateFirst(new Query(),
                Update.update("secrets.1.createdAt", Instant.EPOCH).set("secrets.2.createdAt", Instant.EPOCH),
                SecretsOfSubmitter.class);
        assertThat(secrets()).hasSize(2);
        assertThat(delete(secretId(0)).getStatusCode().value()).isEqualTo(204);
        assertThat(secrets()).hasSize(1);
        newSecret();
        assertThat(secrets()).hasSize(2);
    }

    @Test
    void refusesToDeleteTheOnlySecretAndWhatIsNone() {
        ResponseEntity<JsonNode> refused = delete(secretId(0));
        assertThat(refused.getStatusCode().value()).isEqualTo(409);
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:last-secret");
        newSecret();
        for (String unknown : List.of("6925f0a1c3b2a40f5d1e7a01", "none")) {
            ResponseEntity<JsonNode> none = delete(unknown);
            assertThat(none.getStatusCode().value()).isEqualTo(404);
            assertThat(body(none).path("type").asString()).isEqualTo("urn:job-processor:secret-not-found");
        }
        assertThat(secrets()).hasSize(2);
    }

    @Test
    void refusesAWebhookWhoseDeliveriesNoSecretWouldSign() {
        this.mongo.remove(new Query(), SecretsOfSubmitter.class);
        Map<String, Object> job = Map.of("prompt", "a", "webhook", Map.of("url", this.receiver.url()));
        ResponseEntity<JsonNode> refused = post("/jobs", job, Map.of());
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:no-signing-secret");
        assertThat(post("/jobs/batch", List.of(Map.of("prompt", "a"), job), Map.of()).getStatusCode().value())
            .isEqualTo(400);
        newSecret();
        assertThat(post("/jobs", job, Map.of()).getStatusCode().value()).isEqualTo(201);
    }

    @Test
    void anOlderSecretSignsNothingADayAfterTheNewerOne() {
        AtomicReference<Instant> now = new AtomicReference<>(this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
        OwnSecrets secrets = new OwnSecrets(this.mongo, this.cipher, this.settings, at(now));
        secrets.add("key:ci");
        String both = secrets.sign("key:ci", "id", 1, "{}");
        secrets.add("key:ci");
        Instant rotated = now.get();
        now.set(rotated.plus(Duration.ofDays(1)).minusMillis(1));
        assertThat(secrets.sign("key:ci", "id", 1, "{}").split(" ")).hasSize(2).contains(both);
        assertThat(secrets.valid("key:ci").getLast().validUntil()).isEqualTo(rotated.plus(Duration.ofDays(1)));
        // What was read for signing is kept ten seconds.
        now.set(rotated.plus(Duration.ofDays(1)).plusSeconds(10));
        assertThat(secrets.sign("key:ci", "id", 1, "{}").split(" ")).hasSize(1).doesNotContain(both);
        assertThat(secrets.valid("key:ci")).hasSize(1);
    }

    private static Clock at(AtomicReference<Instant> now) {
        return new Clock() {

            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

        };
    }

    @Test
    void comparesTheWebhookWhereAnIdempotencyKeyComesAgain() {
        Map<String, String> key = Map.of("Idempotency-Key", "k-" + this.clock.millis());
        Map<String, Object> job = Map.of("prompt", "a", "webhook", Map.of("url", this.receiver.url()));
        assertThat(post("/jobs", job, key).getStatusCode().value()).isEqualTo(201);
        assertThat(post("/jobs", job, key).getStatusCode().value()).isEqualTo(200);
        assertThat(post("/jobs", Map.of("prompt", "a", "webhook", Map.of("url", this.receiver.url() + "2")), key)
            .getStatusCode()
            .value()).isEqualTo(422);
        assertThat(post("/jobs", Map.of("prompt", "a"), key).getStatusCode().value()).isEqualTo(422);
    }

    @Test
    void deletesDeliveriesWithTheirJob() {
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        this.api.callback(id(job), 1, "COMPLETED", "a");
        awaitStatus(id(job), "delivered");

        this.api.call(HttpMethod.DELETE, "/jobs/" + id(job));

        assertThat(this.mongo.count(new Query(), Delivery.class)).isZero();
    }

    @Test
    void deletesDeliveriesWhoseJobIsGone() {
        JsonNode job = submit(Map.of("url", this.receiver.url()));
        JsonNode deleted = submit(Map.of("url", this.receiver.url()));
        for (JsonNode each : List.of(job, deleted)) {
            this.api.callback(id(each), 1, "COMPLETED", "a");
            awaitStatus(id(each), "delivered");
        }
        this.mongo.remove(Query.query(Criteria.where("id").is(id(deleted))), Job.class);

        this.orphans.sweep();

        assertThat(this.deliveries.ofJob(id(deleted))).isEmpty();
        assertThat(this.deliveries.ofJob(id(job))).hasSize(1);
    }

    @Test
    void aSlowReceiverDelaysNoOther() throws Exception {
        try (TestReceiver slow = new TestReceiver()) {
            List<JsonNode> jobs = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                TestReceiver.Answer late = (exchange) -> this.end.await(30, TimeUnit.SECONDS);
                slow.answer(late, late, late);
                jobs.add(submit(Map.of("url", slow.url())));
            }
            JsonNode job = submit(Map.of("url", this.receiver.url()));
            jobs.forEach((each) -> this.api.callback(id(each), 1, "COMPLETED", "a"));
            this.api.callback(id(job), 1, "COMPLETED", "a");
            awaitStatus(id(job), "delivered");
            assertThat(this.deliveries.backlog().deliveries()).as("to the slow receiver").isPositive();
        }
        finally {
            this.end.countDown();
        }
    }

    @Test
    void hostileReceiversFailAndDelayNoOther() throws Exception {
        byte[] flood = new byte[10_000_000];
        Map<String, TestReceiver.Answer> hostile = Map.of("No answer within 500 ms",
                (exchange) -> this.end.await(30, TimeUnit.SECONDS), "It redirects", (exchange) -> {
                    exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data");
                    exchange.sendResponseHeaders(302, -1);
                }, "", HttpExchange::close, "delivered", (exchange) -> {
                    exchange.sendResponseHeaders(200, flood.length);
                    exchange.getResponseBody().write(flood);
                });
        List<JsonNode> jobs = new ArrayList<>();
        List<TestReceiver> receivers = new ArrayList<>();
        try {
            for (TestReceiver.Answer answer : hostile.values()) {
                TestReceiver receiver = new TestReceiver();
                receivers.add(receiver);
                receiver.answer(answer, answer, answer);
                jobs.add(submit(Map.of("url", receiver.url())));
            }
            jobs.add(submit(Map.of("url", this.receiver.url())));
            jobs.forEach((job) -> this.api.callback(id(job), 1, "COMPLETED", "a"));

            awaitStatus(id(jobs.getLast()), "delivered");
            Iterator<JsonNode> each = jobs.iterator();
            for (String expected : hostile.keySet()) {
                String job = id(each.next());
                JsonNode delivery = awaitStatus(job, expected.equals("delivered") ? expected : "failed");
                assertThat(delivery.path("attempts").asInt()).isEqualTo(expected.equals("delivered") ? 1 : 3);
                assertThat(delivery.path("error").asString("delivered")).contains(expected);
                assertThat(delivery.path("answer").asString("")).hasSize(expected.equals("delivered") ? 1024 : 0);
            }
        }
        finally {
            this.end.countDown();
            receivers.forEach(TestReceiver::close);
        }
        assertThat(this.api.metric("webhooks_calls_seconds_count")).isGreaterThanOrEqualTo(11);
    }

    private JsonNode redeliverSince(Instant since) {
        return body(post("/deliveries/redeliver", Map.of("since", since.toString()), Map.of()));
    }

    private ResponseEntity<JsonNode> delete(String secret) {
        return this.api.call(HttpMethod.DELETE, "/webhook-secrets/" + secret);
    }

    private String secretId(int index) {
        return secrets().get(index).path("id").asString();
    }

    private JsonNode secrets() {
        return body(this.api.call(HttpMethod.GET, "/webhook-secrets"));
    }

    private String newSecret() {
        ResponseEntity<JsonNode> created = this.api.call(HttpMethod.POST, "/webhook-secrets");
        assertThat(created.getStatusCode().value()).isEqualTo(201);
        return body(created).path("secret").asString();
    }

    private JsonNode submit(Map<String, ?> webhook) {
        ResponseEntity<JsonNode> submitted = post("/jobs", Map.of("prompt", "a", "webhook", webhook), Map.of());
        assertThat(submitted.getStatusCode().value()).as("%s", submitted).isEqualTo(201);
        return body(submitted);
    }

    private ResponseEntity<JsonNode> post(String path, Object body, Map<String, String> headers) {
        return this.api.post(path, body, headers).retrieve().toEntity(JsonNode.class);
    }

    private static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

    private static String id(JsonNode job) {
        return job.path("id").asString();
    }

    private List<Received> awaitReceived(int count) {
        await().until(() -> this.receiver.received().size() >= count);
        return this.receiver.received();
    }

    private List<JsonNode> list(String jobId) {
        return body(this.api.call(HttpMethod.GET, "/jobs/" + jobId + "/deliveries")).valueStream().toList();
    }

    private JsonNode awaitStatus(String jobId, String status) {
        return await()
            .until(() -> list(jobId),
                    (deliveries) -> !deliveries.isEmpty()
                            && deliveries.getFirst().path("status").asString().equals(status))
            .getFirst();
    }

    private boolean isMarked(String jobId) {
        return this.mongo.exists(Query.query(Criteria.where("id").is(jobId).and(JobFields.WEBHOOK_DUE).exists(true)),
                Job.class);
    }

}
