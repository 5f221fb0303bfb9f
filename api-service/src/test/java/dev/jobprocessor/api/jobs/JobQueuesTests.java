package dev.jobprocessor.api.jobs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class JobQueuesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
        .withUserConfiguration(Settings.class);

    @Test
    void knowsTheDefaultQueueAlone() {
        this.runner.run((context) -> assertThat(context.getBean(JobQueues.class).queues()).containsExactly("default"));
        this.runner.withPropertyValues("jobs.queues=")
            .run((context) -> assertThat(context.getBean(JobQueues.class).queues()).containsExactly("default"));
    }

    @Test
    void knowsWhatIsListed() {
        String longest = "q".repeat(64);
        this.runner.withPropertyValues("jobs.queues=llm, slow.reports_2-eu,default,llm," + longest)
            .run((context) -> assertThat(context.getBean(JobQueues.class).queues()).containsExactly("default", "llm",
                    "slow.reports_2-eu", longest));
    }

    @ParameterizedTest
    @ValueSource(strings = { "LLM", "a b", "llm,", "llm;slow", "a/b", "a#", "*",
            "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq" })
    void refusesToStartWith(String queues) {
        this.runner.withPropertyValues("jobs.queues=" + queues)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("queues[")
                .hasMessageContaining("must have 1 to 64 characters"));
    }

    @Configuration
    @EnableConfigurationProperties(JobQueues.class)
    static class Settings {

    }

}
