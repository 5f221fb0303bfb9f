package dev.jobprocessor.api.submission;

import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.SearchWords;
import dev.jobprocessor.api.waits.WaitingCalls;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/** Accepts submissions as the API does, up to where they would be stored. */
@TestConfiguration(proxyBeanMethods = false)
public class StoresNothing {

    @Bean
    JobSubmissions submissions() {
        JobSubmissions submissions = mock(withSettings().stubOnly());
        given(submissions.submit(any(), any())).willAnswer((call) -> submitted(call.getArgument(0)));
        return submissions;
    }

    @Bean
    WaitingSubmissions waiting(Jobs jobs, JsonMapper mapper) {
        return new WaitingSubmissions(mock(WaitingCalls.class), jobs, mapper);
    }

    private static Submission submitted(List<JobRequest> jobs) {
        List<Job> stored = jobs.stream().map((job) -> Job.submitted(job, null, Instant.EPOCH, null)).toList();
        stored.forEach((job) -> SearchWords.of(job.prompt(), job.id()));
        return new Submission(stored, stored);
    }

}
