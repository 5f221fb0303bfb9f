package dev.jobprocessor.api.webhooks;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.jobprocessor.api.jobs.SigningSecrets;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * The secrets that deliveries are signed with: each submitter's own, newest first. An
 * older one signs, too, until its receivers have had time to learn the newer one.
 */
@Component
class OwnSecrets implements SigningSecrets {

    static final int MAX = 5;

    /** Of a new secret, this is within the overlap. */
    private static final Duration CACHED = Duration.ofSeconds(10);

    private static final int MAX_CACHED = 10_000;

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    private final Map<String, Signers> cache = new ConcurrentHashMap<>();

    private final MongoOperations mongo;

    private final SecretCipher cipher;

    private final Duration overlap;

    private final Clock clock;

    OwnSecrets(MongoOperations mongo, SecretCipher cipher, DeliverySettings settings, Clock clock) {
        this.mongo = mongo;
        this.cipher = cipher;
        this.overlap = settings.secretOverlap();
        this.clock = clock;
    }

    @Override
    public boolean existFor(@Nullable String submitter) {
        return this.cache.containsKey(id(submitter)) || !stored(submitter).isEmpty();
    }

    /** Returns those that sign now, newest first. */
    List<Secret> valid(@Nullable String submitter) {
        return valid(stored(submitter));
    }

    private List<Secret> valid(List<Secret> all) {
        Instant now = this.clock.instant();
        return IntStream.range(0, all.size())
            .filter((i) -> i == 0 || all.get(i - 1).createdAt().plus(this.overlap).isAfter(now))
            .mapToObj((i) -> (i == 0) ? all.get(i) : all.get(i).until(all.get(i - 1).createdAt().plus(this.overlap)))
            .toList();
    }

    /**
     * Makes one.
     * @return its text
     * @throws TooManySecrets if there are {@value #MAX} that sign
     */
    NewSecret add(@Nullable String submitter) {
        if (valid(submitter).size() >= MAX) {
            throw new TooManySecrets();
        }
        byte[] key = new byte[BYTES];
        this.random.nextBytes(key);
        String text = Webhook.SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
        Secret secret = new Secret(new ObjectId().toHexString(), this.cipher.encrypt(text), this.clock.instant(), null);
        this.mongo.upsert(byId(submitter),
                new Update().push(SecretsOfSubmitter.SECRETS).atPosition(0).slice(MAX).each(secret),
                SecretsOfSubmitter.class);
        this.cache.remove(id(submitter));
        return new NewSecret(secret.id(), secret.createdAt(), text);
    }

    /**
     * Deletes one, with those that sign no more: what made them invalid may be deleted.
     * Other instances may sign by it for another ten seconds.
     * @throws SecretNotFound if it does not sign
     * @throws LastSecret if no other one signs
     */
    void delete(@Nullable String submitter, String secret) {
        List<Secret> all = stored(submitter);
        List<String> signing = valid(all).stream().map(Secret::id).toList();
        if (!signing.contains(secret)) {
            throw new SecretNotFound();
        }
        if (signing.size() == 1) {
            throw new LastSecret();
        }
        Query unchanged = byId(submitter).addCriteria(Criteria.where(SecretsOfSubmitter.SECRETS).size(all.size()))
            .addCriteria(Criteria.where(SecretsOfSubmitter.IDS).all(all.stream().map(Secret::id).toList()));
        List<Secret> others = all.stream()
            .filter((other) -> signing.contains(other.id()) && !other.id().equals(secret))
            .toList();
        if (this.mongo
            .updateFirst(unchanged, Update.update(SecretsOfSubmitter.SECRETS, others), SecretsOfSubmitter.class)
            .getMatchedCount() == 0) {
            delete(submitter, secret);
        }
        this.cache.remove(id(submitter));
    }

    /**
     * Signs by each secret that is valid.
     * @throws IllegalStateException if there is none, or it cannot be decrypted
     */
    String sign(@Nullable String submitter, String id, long timestamp, String payload) {
        return signers(submitter).stream()
            .map((signer) -> sign(signer, id, timestamp, payload))
            .collect(Collectors.joining(" "));
    }

    private static String sign(Webhook signer, String id, long timestamp, String payload) {
        try {
            return signer.sign(id, timestamp, payload);
        }
        catch (WebhookSigningException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private List<Webhook> signers(@Nullable String submitter) {
        Instant now = this.clock.instant();
        Signers cached = this.cache.get(id(submitter));
        if (cached != null && cached.readAt().plus(CACHED).isAfter(now)) {
            return cached.signers();
        }
        List<Webhook> signers = valid(submitter).stream()
            .map((secret) -> new Webhook(this.cipher.decrypt(secret.value())))
            .toList();
        if (signers.isEmpty()) {
            throw new IllegalStateException("There is no secret to sign with");
        }
        if (this.cache.size() >= MAX_CACHED) {
            this.cache.clear();
        }
        this.cache.put(id(submitter), new Signers(signers, now));
        return signers;
    }

    private List<Secret> stored(@Nullable String submitter) {
        SecretsOfSubmitter stored = this.mongo.findOne(byId(submitter), SecretsOfSubmitter.class);
        return (stored != null) ? stored.secrets() : List.of();
    }

    private static Query byId(@Nullable String submitter) {
        return Query.query(Criteria.where("_id").is(id(submitter)));
    }

    /** No credential has an empty name. */
    private static String id(@Nullable String submitter) {
        return Objects.requireNonNullElse(submitter, "");
    }

    private record Signers(List<Webhook> signers, Instant readAt) {
    }

    /** A secret with its text, which is shown once. */
    record NewSecret(String id, Instant createdAt, String text) {

        @Override
        public String toString() {
            return "NewSecret[***]";
        }

    }

}
