package dev.jobprocessor.api.output;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.OpenAttempt;
import dev.jobprocessor.api.jobs.OutputReported;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

class JobOutputsTests {

    private static final JobAttempt JOB = new JobAttempt("a", 1);

    private final StoredOutput store = mock(StoredOutput.class);

    private final JobDocuments jobs = mock(JobDocuments.class);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final JobOutputs outputs = new JobOutputs(this.store, this.jobs, (event) -> {
    }, new DatabaseErrors(this.meters), Clock.systemUTC(), this.meters);

    @Test
    void storesLaterWhatWasWrittenWhileTheDatabaseWasBusy() {
        given(this.jobs.openAttempts(Set.of("a"))).willThrow(new QueryTimeoutException("As many operations run as may"))
            .willReturn(Map.of("a", new OpenAttempt(1, 0)));
        this.outputs.reported(new OutputReported(JOB, 0, "Once "));
        this.outputs.store();
        this.outputs.reported(new OutputReported(JOB, 5, "upon"));
        then(this.store).should(never()).add(any());

        this.outputs.store();

        then(this.store).should()
            .add(argThat((chunks) -> chunks.size() == 1 && chunks.iterator().next().text().equals("Once upon")));
        assertThat(this.meters.counter("jobs.output.dropped").count()).isZero();
    }

    @Test
    void ignoresWhatARunWritesThatAnotherOneFollows() {
        given(this.jobs.openAttempts(Set.of("a"))).willReturn(Map.of("a", new OpenAttempt(1, 1000)));
        this.outputs.reported(new OutputReported(JOB, 999, "x"));
        this.outputs.store();
        then(this.store).should(never()).add(any());
        this.outputs.reported(new OutputReported(JOB, 1000, "Once"));
        this.outputs.store();
        then(this.store).should().add(any());
    }

}
