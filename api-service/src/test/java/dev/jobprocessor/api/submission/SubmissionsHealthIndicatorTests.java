package dev.jobprocessor.api.submission;

import java.time.Duration;

import dev.jobprocessor.api.database.DatabaseSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class SubmissionsHealthIndicatorTests {

    private static final Duration LIMIT = Duration.ofSeconds(2).multipliedBy(SubmissionsHealthIndicator.COMMANDS);

    private final JobSubmissions submissions = mock();

    private final SubmissionsHealthIndicator health = new SubmissionsHealthIndicator(this.submissions,
            new DatabaseSettings(Duration.ofSeconds(2)));

    @Test
    void isDownOnceAGroupIsStoredForLongerThanTheLargestCallTakes() {
        given(this.submissions.busy()).willReturn(LIMIT);
        assertThat(this.health.health().getStatus()).isEqualTo(Status.UP);
        given(this.submissions.busy()).willReturn(LIMIT.plusNanos(1));
        assertThat(this.health.health().getStatus()).isEqualTo(Status.DOWN);
    }

}
