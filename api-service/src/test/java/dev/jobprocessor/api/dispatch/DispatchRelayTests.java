package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import dev.jobprocessor.api.dispatch.Outbox.DueJob;
import dev.jobprocessor.api.dispatch.Outbox.Lease;
import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionBlockedEvent;
import org.springframework.amqp.rabbit.connection.ConnectionUnblockedEvent;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.scheduling.support.SimpleTriggerContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

class DispatchRelayTests {

    private static final DispatchSettings SETTINGS = new DispatchSettings(Duration.ofSeconds(1), Duration.ofHours(6),
            5000);

    private static final DispatchTimes TIMES = new DispatchTimes(Duration.ofSeconds(10));

    private Instant now = Instant.parse("2026-11-24T09:30:00Z");

    private final Clock clock = mock();

    private final Outbox outbox = mock();

    private final JobDispatcher dispatcher = mock();

    private final AmqpAdmin broker = mock();

    private final EmptyQueues emptyQueues = mock();

    private final Connection connection = mock();

    private final BrokerAlarm alarm = new BrokerAlarm(TIMES, this.clock);

    private final LeasedJobs leased = new LeasedJobs(this.outbox);

    private final DispatchRelay relay = new DispatchRelay(this.outbox, this.leased, this.dispatcher,
            new BrokerReadiness(this.broker, this.clock), this.emptyQueues, this.alarm, SETTINGS, TIMES, this.clock,
            new DispatchMetrics(new SimpleMeterRegistry()), mock());

    DispatchRelayTests() {
        given(this.clock.instant()).willAnswer((call) -> this.now);
        given(this.clock.getZone()).willReturn(ZoneOffset.UTC);
        given(this.outbox.nextDue()).willReturn(Optional.of(this.now), Optional.empty());
        given(this.dispatcher.freeCapacity()).willReturn(5000);
        given(this.connection.isOpen()).willReturn(true);
    }

    @Test
    void leasesABatchAtOnceAndPublishesWhatItGot() {
        Job leased = mock();
        Lease lease = lease(due(this.now.minusMillis(2), this.now.minusMillis(1), this.now));
        given(this.outbox.leased(lease, List.of("0", "1", "2"), this.now)).willReturn(List.of(leased));
        this.relay.relay();
        then(this.outbox).should().lease(any(), any(), any());
        then(this.dispatcher).should().dispatch(new JobDue(leased, lease.until()));
    }

    @Test
    void leasesBeforeJobsAreDueAndReadsThemWhenTheyAre() {
        given(this.outbox.nextDue()).willReturn(Optional.of(this.now.plusSeconds(2)), Optional.empty());
        Lease lease = lease(due(this.now.plusMillis(500)));
        assertThat(next()).isEqualTo(this.now.plusMillis(500));
        then(this.outbox).should(never()).leased(any(), any(), any());
        this.now = this.now.plusMillis(500);
        this.relay.relay();
        then(this.outbox).should().leased(lease, List.of("0"), this.now);
    }

    @Test
    void leasesNothingThatIsDueLater() {
        given(this.outbox.nextDue()).willReturn(Optional.of(this.now.plusSeconds(2).plusMillis(1)));
        assertThat(next()).isEqualTo(this.now.plusMillis(1));
        then(this.outbox).should(never()).lease(any(), any(), any());
    }

    @Test
    void leasesNoMoreThanItMayHold() {
        this.leased.add(new Lease(new ObjectId(), this.now.plusSeconds(12)),
                Collections.nCopies(LeasedJobs.MAX_SIZE - 1, new DueJob("1", this.now.plusSeconds(1))));
        this.relay.relay();
        then(this.outbox).should().due(any(), eq(1));
    }

    /** The jobs that are leased are those that are due within two seconds. */
    private Lease lease(List<DueJob> due) {
        Instant end = this.now.plusSeconds(2);
        Lease lease = new Lease(new ObjectId(), end.plusSeconds(10));
        given(this.outbox.due(end, 2000)).willReturn(due);
        given(this.outbox.lease(due, end, lease.until())).willReturn(lease);
        return lease;
    }

    private static List<DueJob> due(Instant... times) {
        return IntStream.range(0, times.length).mapToObj((i) -> new DueJob(String.valueOf(i), times[i])).toList();
    }

    @Test
    void readsNoMoreThanCanBeQueued() {
        Lease lease = lease(due(this.now.minusMillis(1), this.now));
        given(this.dispatcher.freeCapacity()).willReturn(1, 1, 1, 0);
        this.relay.relay();
        then(this.outbox).should().leased(lease, List.of("0"), this.now);
        then(this.outbox).should(never()).leased(lease, List.of("1"), this.now);
    }

    @Test
    void readsNothingWhileTheQueueIsFull() {
        given(this.dispatcher.freeCapacity()).willReturn(0);
        this.relay.relay();
        then(this.outbox).shouldHaveNoInteractions();
    }

    @Test
    void readsOneBatchOfManyJobs() {
        this.relay.relay();
        then(this.outbox).should().due(any(), eq(2000));
    }

    @Test
    void readsOnWhileMoreIsDue() {
        given(this.outbox.nextDue()).willReturn(Optional.of(this.now), Optional.of(this.now), Optional.empty());
        this.relay.relay();
        then(this.outbox).should(times(2)).due(any(), eq(2000));
    }

    @Test
    void readsNoJobsWhileTheBrokerIsUnavailable() {
        willThrow(new AmqpConnectException(new Exception())).given(this.broker).initialize();
        this.relay.relay();
        then(this.outbox).should(never()).due(any(), anyInt());
    }

    @Test
    void readsNothingWhileTheBrokerBlocks() {
        this.alarm.blocked(new ConnectionBlockedEvent(this.connection, "low on memory"));
        this.relay.relay();
        then(this.outbox).shouldHaveNoInteractions();
    }

    @Test
    void readsAgainOnceWhatWasSentBeforeTheAlarmIsConfirmed() {
        this.alarm.blocked(new ConnectionBlockedEvent(this.connection, "low on memory"));
        this.alarm.unblocked(new ConnectionUnblockedEvent(this.connection));
        this.now = this.now.plusSeconds(10).minusMillis(1);
        this.relay.relay();
        then(this.outbox).shouldHaveNoInteractions();
        this.now = this.now.plusMillis(1);
        this.relay.relay();
        then(this.outbox).should().due(any(), anyInt());
    }

    @Test
    void runsWhenTheNextJobIsDueButNoLaterThanAfterItsInterval() {
        given(this.outbox.nextDue()).willReturn(Optional.of(this.now.plusMillis(2999)),
                Optional.of(this.now.plusMillis(3001)), Optional.empty());
        assertThat(next()).isEqualTo(this.now.plusMillis(999));
        assertThat(next()).isEqualTo(this.now.plusSeconds(1));
        assertThat(next()).isEqualTo(this.now.plusSeconds(1));
        then(this.outbox).should(never()).due(any(), anyInt());
    }

    @Test
    void waitsItsIntervalWhileTheBrokerIsUnavailable() {
        willThrow(new AmqpConnectException(new Exception())).given(this.broker).initialize();
        assertThat(next()).isEqualTo(this.now.plusSeconds(1));
    }

    @Test
    void runsSoonerWhereOnlyTheQueueWasFull() {
        given(this.dispatcher.freeCapacity()).willReturn(0);
        assertThat(next()).isAfter(this.now).isBefore(this.now.plusMillis(100));
    }

    private Instant next() {
        ScheduledTaskRegistrar tasks = new ScheduledTaskRegistrar();
        this.relay.configureTasks(tasks);
        this.relay.relay();
        return Objects.requireNonNull(
                tasks.getTriggerTaskList().getFirst().getTrigger().nextExecution(new SimpleTriggerContext()));
    }

    @Test
    void redispatchesWhatWasNotStartedOfQueuesThatStayEmpty() {
        given(this.emptyQueues.emptyAgain()).willReturn(Set.of("default"));
        this.relay.redispatchUnstartedJobs();
        then(this.outbox).should().redispatchUnstarted(this.now.minus(Duration.ofHours(6)), Set.of("default"));
    }

    @Test
    void aBlockedConnectionThatBrokeBlocksNothing() {
        this.alarm.blocked(new ConnectionBlockedEvent(this.connection, "low on memory"));
        given(this.connection.isOpen()).willReturn(false);
        this.relay.relay();
        then(this.outbox).should().due(any(), anyInt());
    }

}
