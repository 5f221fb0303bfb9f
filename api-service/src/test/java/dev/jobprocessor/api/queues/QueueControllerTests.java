package dev.jobprocessor.api.queues;

import dev.jobprocessor.api.ControllerTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.jobs.PausedQueues;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

@ControllerTest(QueueController.class)
class QueueControllerTests {

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private DatabaseAvailability database;

    @MockitoBean
    private PausedQueues paused;

    @ParameterizedTest
    @CsvSource({ "GET, /queues", "POST, /queues/default/pause", "POST, /queues/default/resume" })
    void refusesCallsAtOnceWhileTheDatabaseIsKnownToBeUnavailable(HttpMethod method, String path) {
        given(this.database.isUnavailable()).willReturn(true);
        assertThat(this.mvc.method(method).uri(path)).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        then(this.paused).shouldHaveNoInteractions();
    }

}
