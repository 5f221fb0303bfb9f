package dev.jobprocessor.api.audit;

import java.time.Instant;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AuditFilterTests {

    private static final Instant NOW = Instant.parse("2026-11-27T09:30:00Z");

    @Test
    void takesOneFieldWithinARangeOfTime() {
        assertThat(new AuditFilter("key:ci", " ", null, NOW, NOW.plusSeconds(1)).criteria())
            .extracting((criteria) -> criteria.getCriteriaObject())
            .containsExactly(new Document("actor", "key:ci"), new Document("at", new Document("$gte", NOW)),
                    new Document("at", new Document("$lt", NOW.plusSeconds(1))));
        assertThat(new AuditFilter(null, null, null, null, null).criteria()).isEmpty();
    }

    @Test
    void refusesFieldsThatNoIndexServesTogether() {
        assertThatExceptionOfType(AuditFilter.NotIndexed.class)
            .isThrownBy(() -> new AuditFilter("key:ci", "DELETE /jobs/{id}", null, null, null))
            .withMessageContaining("No index serves action and actor together");
        assertThatExceptionOfType(AuditFilter.NotIndexed.class)
            .isThrownBy(() -> new AuditFilter("key:ci", null, "a", null, null));
    }

}
