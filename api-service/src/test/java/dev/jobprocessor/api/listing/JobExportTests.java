package dev.jobprocessor.api.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

class JobExportTests {

    private static final Instant NOW = Instant.parse("2026-11-28T09:30:00Z");

    private final JobList list = mock();

    private final JobExport export = new JobExport(this.list, new JsonMapper(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void runsNoMoreThanItMay() {
        CountDownLatch running = new CountDownLatch(JobExport.MAX_EXPORTS);
        CountDownLatch read = new CountDownLatch(1);
        given(this.list.page(any())).willAnswer((call) -> {
            running.countDown();
            assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
            return new JobPage(List.of(), null);
        });
        List<CompletableFuture<Void>> exports = Stream
            .generate(() -> CompletableFuture.runAsync(this::write, Thread::startVirtualThread))
            .limit(JobExport.MAX_EXPORTS)
            .toList();
        await().until(() -> running.getCount() == 0);
        assertThatExceptionOfType(JobExport.TooManyExports.class).isThrownBy(this::write);
        read.countDown();
        assertThat(exports).allSatisfy((export) -> assertThat(export).succeedsWithin(10, TimeUnit.SECONDS));
        write();
    }

    @Test
    void readsOldestFirstUpToItsBeginning() {
        given(this.list.page(any())).willReturn(new JobPage(List.of(), null));
        write(JobQuery.NEWEST.in(PageOrder.OLDEST));
        then(this.list).should().page(JobQuery.NEWEST.in(PageOrder.OLDEST).createdBefore(NOW.plusMillis(1)));
    }

    /** Spring then takes it for a client that left, which is no error. */
    @ParameterizedTest
    @CsvSource({ "ndjson, 1", "csv, 1", "ndjson, 1000", "csv, 1000" })
    void throwsTheFailureOfTheConnectionItself(String format, int jobs) throws Exception {
        IOException failure = new AsyncRequestNotUsableException("Broken pipe");
        HttpServletResponse response = mock();
        ServletOutputStream output = mock((call) -> {
            throw failure;
        });
        given(response.getOutputStream()).willReturn(output);
        Job job = Job.submitted(JobRequest.of("prompt"), null, NOW, null);
        given(this.list.page(any())).willReturn(new JobPage(Collections.nCopies(jobs, job), null));
        assertThatIOException().isThrownBy(() -> this.export.write(JobQuery.NEWEST, format, response))
            .isSameAs(failure);
    }

    private void write() {
        write(JobQuery.NEWEST);
    }

    private void write(JobQuery query) {
        try {
            this.export.write(query, JobExport.NDJSON, new MockHttpServletResponse());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
