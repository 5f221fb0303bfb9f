package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobScheduleTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    @ParameterizedTest
    @CsvSource({ "P365D,", "PT0S,", "PT-1M,", ",PT0.001S", "PT1H,PT1H0.001S", "PT-1M,PT0.001S" })
    void takesTimesAtTheirLimit(@Nullable Duration runAt, @Nullable Duration expiresAt) {
        assertThat(schedule(runAt, expiresAt).objections(NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "P365DT0.001S,, runAt, must be at most 365 days ahead",
            "PT-1M-0.001S,, runAt, must not be in the past", ",PT0S, expiresAt, must be in the future",
            "PT1H,PT1H, expiresAt, must be after runAt", "PT1H,PT59M, expiresAt, must be after runAt" })
    void refusesTimesPastTheirLimit(@Nullable Duration runAt, @Nullable Duration expiresAt, String field,
            String message) {
        assertThat(schedule(runAt, expiresAt).objections(NOW)).containsOnlyKeys(field).containsEntry(field, message);
    }

    @Test
    void namesBothFields() {
        assertThat(schedule(Duration.ofDays(-1), Duration.ofDays(-1)).objections(NOW)).containsOnlyKeys("runAt",
                "expiresAt");
    }

    @Test
    void keepsWhatCanBeStored() {
        JobRequest request = JobRequests.scheduled("a", Instant.MIN, Instant.MAX);
        assertThat(request.runAt()).isEqualTo(Instant.EPOCH);
        assertThat(request.expiresAt()).isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
        assertThat(JobRequests.scheduled("a", NOW.plusNanos(1_999_999), null).runAt()).isEqualTo(NOW.plusMillis(1));
    }

    private static JobSchedule schedule(@Nullable Duration runAt, @Nullable Duration expiresAt) {
        return new JobSchedule((runAt != null) ? NOW.plus(runAt) : null,
                (expiresAt != null) ? NOW.plus(expiresAt) : null);
    }

}
