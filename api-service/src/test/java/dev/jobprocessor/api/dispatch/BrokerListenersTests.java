package dev.jobprocessor.api.dispatch;

import dev.jobprocessor.api.database.DatabaseErrors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

class BrokerListenersTests {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private final BrokerListeners listeners = new BrokerListeners(new DatabaseErrors(this.metrics));

    private final MethodInvocation delivery = mock();

    @Test
    void countsWhatKeepsAMessageFromBeingStored() throws Throwable {
        failBecauseOf(new PermissionDeniedDataAccessException("not authorized", new IllegalStateException()));
        assertThat(this.metrics.counter("database.errors").count()).isOne();
    }

    @Test
    void countsNothingWhileTheDatabaseIsUnavailable() throws Throwable {
        failBecauseOf(new DataAccessResourceFailureException("connection refused"));
        failBecauseOf(new IllegalArgumentException("another failure"));
        assertThat(this.metrics.counter("database.errors").count()).isZero();
    }

    @Test
    void reportsNoMessageThatIsStored() throws Throwable {
        given(this.delivery.proceed()).willReturn("stored");
        assertThat(this.listeners.reportFailure(this.delivery)).isEqualTo("stored");
    }

    private void failBecauseOf(RuntimeException cause) throws Throwable {
        IllegalStateException failure = new IllegalStateException("listener failed", cause);
        willThrow(failure).given(this.delivery).proceed();
        assertThatExceptionOfType(IllegalStateException.class)
            .isThrownBy(() -> this.listeners.reportFailure(this.delivery))
            .isSameAs(failure);
    }

}
