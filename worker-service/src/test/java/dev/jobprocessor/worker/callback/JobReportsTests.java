package dev.jobprocessor.worker.callback;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.jobprocessor.worker.broker.UndeliverableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

class JobReportsTests {

    private static final Callback CALLBACK = Callback.completed("job-1", 1, "{}", null);

    private final CallbackClient client = mock();

    private final ParkedCallbacks parked = mock();

    @BeforeEach
    void answer() {
        given(this.client.outage()).willReturn(Duration.ZERO);
    }

    @Test
    void triesAgainForAWhile() throws Exception {
        given(this.client.deliver(CALLBACK)).willReturn(false, false, true);

        reports(Duration.ofMinutes(1)).report(CALLBACK);

        then(this.client).should(times(3)).deliver(CALLBACK);
        then(this.parked).should(never()).park(CALLBACK);
    }

    @Test
    void parksWhatIsNotAnswered() throws Exception {
        given(this.client.deliver(CALLBACK)).willReturn(false);
        given(this.parked.park(CALLBACK)).willReturn(true);

        reports(Duration.ofMillis(20)).report(CALLBACK);

        then(this.parked).should().park(CALLBACK);
    }

    @Test
    void parksAtOnceWhereTheWebhookHasLongBeenSilent() throws Exception {
        given(this.client.deliver(CALLBACK)).willReturn(false);
        given(this.client.outage()).willReturn(Duration.ofHours(1));
        given(this.parked.park(CALLBACK)).willReturn(true);

        reports(Duration.ofMinutes(1)).report(CALLBACK);

        then(this.client).should().deliver(CALLBACK);
    }

    @Test
    void keepsWhatNobodyTakes() throws Exception {
        given(this.client.deliver(CALLBACK)).willReturn(false, false, false, true);
        given(this.parked.park(CALLBACK)).willReturn(false);

        reports(Duration.ZERO).report(CALLBACK);

        then(this.client).should(times(4)).deliver(CALLBACK);
        then(this.parked).should(times(3)).park(CALLBACK);
    }

    @Test
    void saysWhatNobodyWillEverTake() throws Exception {
        willThrow(new UndeliverableException("refused")).given(this.client).deliver(CALLBACK);

        assertThatExceptionOfType(UndeliverableException.class)
            .isThrownBy(() -> reports(Duration.ofMinutes(1)).report(CALLBACK));
        then(this.parked).shouldHaveNoInteractions();
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        given(this.client.deliver(CALLBACK)).willReturn(false);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
            .isThrownBy(() -> reports(Duration.ofMinutes(1)).report(CALLBACK));
    }

    private JobReports reports(Duration retryFor) {
        CallbackSettings settings = new CallbackSettings("http://api", "s3cret", List.of(), Duration.ofSeconds(1), 1,
                retryFor, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ZERO);
        return new JobReports(this.client, this.parked, settings, Clock.systemUTC());
    }

}
