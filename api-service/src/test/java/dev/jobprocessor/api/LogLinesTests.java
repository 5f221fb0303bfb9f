package dev.jobprocessor.api;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever text is logged, a line of it is not taken for a record. */
@ExtendWith(OutputCaptureExtension.class)
class LogLinesTests {

    private static final Logger log = LoggerFactory.getLogger(LogLinesTests.class);

    private static final String TEXT = "a\r\nforged\n\nforged\r\u001b[2Jforged\u0085forged\u2028forged\u202eforged\n";

    @Test
    void indentsWhatFollowsALineFeedAndReplacesOtherControlCharacters(CapturedOutput output) {
        SpringApplication application = new SpringApplication(LogLinesTests.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run();
                MDC.MDCCloseable ignored = MDC.putCloseable("jobId", TEXT)) {
            log.warn("A text: {}", TEXT, new IllegalStateException(TEXT, new IllegalArgumentException(TEXT)));
        }
        assertThat(output.getOut().lines()).noneMatch((line) -> line.startsWith("forged"))
            .anyMatch((line) -> line.contains(" WARN ") && line.contains("[aforged"))
            .contains("\tforged", "\tforged\t\t[2Jforged\tforged\tforged\tforged")
            .anyMatch((line) -> line.startsWith("\tat dev.jobprocessor"));
        assertThat(output.getOut()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}&&[^\\n\\t]]");
    }

}
