package dev.jobprocessor.api.audit;

import java.time.Instant;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalLimitTests {

    private static final Instant NOW = Instant.parse("2026-11-27T09:30:00Z");

    private static final int MAX = 3;

    private final RefusalLimit limit = new RefusalLimit(MAX);

    @Test
    void storesAsManyAsAMinuteMayHaveAndCountsTheOthers() {
        for (int i = 0; i < MAX; i++) {
            assertThat(this.limit.pass(entry(Outcome.REFUSED, NOW))).isTrue();
        }
        assertThat(this.limit.pass(entry(Outcome.REFUSED, NOW))).isFalse();
        assertThat(this.limit.pass(entry(Outcome.REFUSED, NOW.plusSeconds(59)))).isFalse();

        assertThat(this.limit.endBefore(NOW.plusSeconds(59))).isEmpty();
        assertThat(this.limit.endBefore(NOW.plusSeconds(60))).hasValueSatisfying((counted) -> {
            assertThat(counted.count()).isEqualTo(2);
            assertThat(counted.at()).isEqualTo(NOW);
            assertThat(counted.outcome()).isEqualTo(Outcome.REFUSED);
        });
        assertThat(this.limit.pass(entry(Outcome.REFUSED, NOW.plusSeconds(60)))).isTrue();
    }

    @Test
    void countsNothingAtTheLimit() {
        for (int i = 0; i < MAX; i++) {
            this.limit.pass(entry(Outcome.REFUSED, NOW));
        }
        assertThat(this.limit.endBefore(NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void storesEveryChange() {
        for (int i = 0; i <= MAX; i++) {
            assertThat(this.limit.pass(entry(Outcome.DONE, NOW))).isTrue();
            assertThat(this.limit.pass(entry(Outcome.UNKNOWN, NOW))).isTrue();
        }
    }

    @Test
    void storesEveryRefusalOfWhoIsKnown() {
        for (int i = 0; i <= MAX; i++) {
            assertThat(this.limit.pass(AuditLogTests.entry(Outcome.REFUSED, "key:ci", NOW))).isTrue();
        }
        assertThat(this.limit.pass(entry(Outcome.REFUSED, NOW))).isTrue();
    }

    private static AuditEntry entry(Outcome outcome, Instant at) {
        return AuditLogTests.entry(outcome, at);
    }

}
