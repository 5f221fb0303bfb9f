package dev.jobprocessor.api.access;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.jobprocessor.api.KeysRequiredIntegrationTest;
import dev.jobprocessor.api.database.DatabaseErrors;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@KeysRequiredIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class FirstKeyIntegrationTests {

    private static final ApiKey VIEWER = ApiKey.of(new KeyText("jp_TestsHaveThisKeyNobodyElseHas04EHrO2"), "viewer",
            Set.of(Role.VIEWER), Instant.EPOCH, null, null);

    @Autowired
    private ApiKeys keys;

    @Autowired
    private KnownKeys known;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private DatabaseErrors errors;

    @BeforeEach
    void start() {
        this.mongo.remove(new Query(), ApiKey.class);
    }

    @AfterEach
    void restoreTheAdminsKey() throws InterruptedException {
        this.mongo.remove(new Query(), ApiKey.class);
        firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY).run(new DefaultApplicationArguments());
        this.known.changed();
    }

    @Test
    void isOneHoweverManyInstancesStart(CapturedOutput output) {
        this.keys.add(VIEWER);

        IntStream.range(0, 8).parallel().forEach((instance) -> run(firstKey(AccessMode.REQUIRED, "")));

        assertThat(this.keys.valid()).filteredOn((key) -> key.roles().contains(Role.ADMIN)).hasSize(1);
        List<String> logged = output.getOut().lines().filter((line) -> line.contains("shown this once: jp_")).toList();
        assertThat(logged).hasSize(1);
        KeyText text = new KeyText(logged.getFirst().replaceAll(".*(jp_\\w{36}).*", "$1"));
        assertThat(this.keys.findValid(text.hash())).isPresent();
    }

    @Test
    void isNotMadeWhereAnAdminHasOneOrAccessIsOpen() {
        run(firstKey(AccessMode.OPEN, ""));
        assertThat(this.keys.valid()).isEmpty();

        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));
        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));
        run(firstKey(AccessMode.REQUIRED, ""));
        assertThat(this.keys.valid()).hasSize(1);
    }

    @Test
    void staysRevoked() {
        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));
        this.keys.revoke(this.keys.valid().getFirst().id());

        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));

        assertThat(this.keys.valid()).isEmpty();
    }

    @Test
    void staysRevokedHoweverLongAgoThatWas() {
        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));
        ApiKey others = this.keys.add(new ApiKey(new ObjectId().toHexString(), "ci", List.of(Role.ADMIN), "jp_", "hash",
                Instant.EPOCH, "key:admin", null, null, null));
        this.keys.valid().forEach((key) -> this.keys.revoke(key.id()));
        Instant longAgo = Instant.now().minus(ApiKeys.KEPT).minusSeconds(1);
        this.mongo.updateMulti(new Query(), Update.update("revokedAt", longAgo), ApiKey.class);

        this.keys.add(other(1));
        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));

        assertThat(this.keys.valid()).extracting(ApiKey::name).containsExactly("other");
        assertThat(this.keys.all()).extracting(ApiKey::id).doesNotContain(others.id()).hasSize(2);
    }

    @Test
    void isNotMadeAgainAndSaysWhatIs(CapturedOutput output) {
        run(firstKey(AccessMode.REQUIRED, ""));
        this.keys.revoke(this.keys.valid().getFirst().id());

        run(firstKey(AccessMode.REQUIRED, ""));

        assertThat(this.keys.valid()).isEmpty();
        assertThat(output).contains("ADMIN_API_KEY adds another");
    }

    @Test
    void isKeptWhereOthersOfAdminsAreExpiredOrRevoked() {
        run(firstKey(AccessMode.REQUIRED, KeysRequiredIntegrationTest.ADMIN_KEY));
        String first = this.keys.valid().getFirst().id();
        Instant now = Instant.now();
        this.mongo.insert(new ApiKey(new ObjectId().toHexString(), "a", List.of(Role.ADMIN), "jp_", "a", now, "a", now,
                null, null));
        this.mongo.insert(new ApiKey(new ObjectId().toHexString(), "b", List.of(Role.ADMIN), "jp_", "b", now, "a", null,
                null, now));
        assertThatExceptionOfType(LastAdminKey.class).isThrownBy(() -> this.keys.requireAnotherAdmin(first));

        this.mongo.insert(new ApiKey(new ObjectId().toHexString(), "c", List.of(Role.ADMIN), "jp_", "c", now, "a",
                now.plusSeconds(60), null, null));
        assertThatNoException().isThrownBy(() -> this.keys.requireAnotherAdmin(first));
    }

    @Test
    void mustBeAKey() {
        assertThatExceptionOfType(MalformedAdminKey.class).isThrownBy(() -> firstKey(AccessMode.REQUIRED, "secret"))
            .withMessageNotContaining("secret");
    }

    @Test
    void countsAllKeys() {
        List<ApiKey> others = IntStream.range(0, ApiKeys.MAX - 1).mapToObj(FirstKeyIntegrationTests::other).toList();
        this.mongo.insertAll(others);

        this.keys.add(VIEWER);

        assertThatExceptionOfType(TooManyKeys.class).isThrownBy(() -> this.keys.add(other(ApiKeys.MAX)));
    }

    private static ApiKey other(int number) {
        return new ApiKey(new ObjectId().toHexString(), "other", List.of(Role.VIEWER), "jp_", "hash " + number,
                Instant.now(), null, null, null, null);
    }

    private static void run(FirstKey key) {
        try {
            key.run(new DefaultApplicationArguments());
        }
        catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private FirstKey firstKey(AccessMode mode, String text) {
        return new FirstKey(new AccessSettings(mode, text), this.keys, this.errors, Clock.systemUTC());
    }

}
