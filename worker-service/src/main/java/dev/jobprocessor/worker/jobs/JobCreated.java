package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.jobprocessor.worker.broker.JobMessage;
import dev.jobprocessor.worker.callback.JobStart;
import dev.jobprocessor.worker.processing.Job;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A job is ready to be processed. Its id appears in log lines, hence printable ASCII
 * only.
 *
 * @param timeoutSeconds how long the attempt may take; null where the client gave none or
 * the API is of an older version
 */
record JobCreated(String jobId, String prompt, int attempt, @Nullable Integer timeoutSeconds) implements JobMessage {

    private static final int MAX_PROMPT_LENGTH = 10_000;

    private static final Pattern ID = Pattern.compile("[!-~]{1,100}");

    JobCreated {
        Assert.isTrue(jobId != null && ID.matcher(jobId).matches(), "jobId is missing or not an id");
        Assert.isTrue(prompt != null, "prompt is missing");
        Assert.isTrue(prompt.length() <= MAX_PROMPT_LENGTH, "prompt is too long");
        Assert.isTrue(attempt >= 1, "attempt is less than 1");
        Assert.isTrue(timeoutSeconds == null || timeoutSeconds >= 1, "timeoutSeconds is less than 1");
    }

    Job job(JobStart.@Nullable Granted start) {
        Duration timeout = (this.timeoutSeconds != null) ? Duration.ofSeconds(this.timeoutSeconds) : null;
        return new Job(this.jobId, this.prompt, this.attempt, timeout, start);
    }

}
