package dev.jobprocessor.api.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import dev.jobprocessor.api.database.DatabaseErrors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

class AuditLogTests {

    private static final int REFUSALS = 5;

    private static final Instant NOW = Instant.parse("2026-11-27T09:30:00Z");

    private final AuditEntries entries = mock();

    private final List<AuditEntry> stored = new ArrayList<>();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final AuditLog log = new AuditLog(this.entries, Clock.fixed(NOW, ZoneOffset.UTC),
            new DatabaseErrors(this.registry), new AuditSettings(REFUSALS), this.registry);

    @BeforeEach
    void storeWhatIsInserted() {
        willAnswer((call) -> this.stored.addAll(call.<List<AuditEntry>>getArgument(0))).given(this.entries)
            .insert(any());
    }

    @Test
    void storesManyByFewCommandsInTheirOrder() {
        List<AuditEntry> added = add(1201);
        this.log.store();
        assertThat(this.stored).isEqualTo(added);
    }

    @Test
    void storesLaterWhatCouldNotBeStored() {
        willThrow(new DataAccessResourceFailureException("unreachable")).given(this.entries).insert(any());
        List<AuditEntry> added = new ArrayList<>(add(501));
        this.log.store();
        added.addAll(add(1));
        assertThat(failedWrites()).isEqualTo(1);

        storeWhatIsInserted();
        this.log.store();
        assertThat(this.stored).isEqualTo(added);
        assertThat(failedWrites()).isEqualTo(1);
    }

    @Test
    void storesTheRestWhenItStops() {
        List<AuditEntry> added = add(1);
        this.log.stop();
        assertThat(this.stored).isEqualTo(added);
    }

    @Test
    void countsWhatFindsTooManyOthersWaiting() {
        add(AuditLog.MAX_WAITING);
        assertThat(lost()).isZero();
        add(1);
        assertThat(lost()).isEqualTo(1);

        this.log.store();
        assertThat(this.stored).hasSize(AuditLog.MAX_WAITING);
    }

    @Test
    void saysHowManyRefusalsWereOnlyCounted() {
        for (int i = 0; i < REFUSALS + 3; i++) {
            this.log.add(entry(Outcome.REFUSED, NOW));
        }
        this.log.stop();
        assertThat(this.stored).hasSize(REFUSALS + 1);
        assertThat(this.stored.getLast().count()).isEqualTo(3);
    }

    private double failedWrites() {
        return this.registry.get("audit.writes.failed").counter().count();
    }

    private double lost() {
        return this.registry.get("audit.lost").counter().count();
    }

    private List<AuditEntry> add(int number) {
        List<AuditEntry> added = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            added.add(entry(Outcome.DONE, NOW));
        }
        added.forEach(this.log::add);
        return added;
    }

    /** Of a known caller, unless it was refused. */
    static AuditEntry entry(Outcome outcome, Instant at) {
        return entry(outcome, (outcome != Outcome.REFUSED) ? "key:ci" : null, at);
    }

    static AuditEntry entry(Outcome outcome, @Nullable String actor, Instant at) {
        return new AuditEntry(new ObjectId().toHexString(), at, actor, null, "DELETE /jobs/{id}", "a", 204, outcome,
                "127.0.0.1", "curl", null, null);
    }

}
