package dev.jobprocessor.api.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.jobprocessor.api.filters.JobQuery;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class JobExportTests {

    private final JobList list = mock();

    private final JobExport export = new JobExport(this.list, new JsonMapper());

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

    private void write() {
        try {
            this.export.write(JobQuery.NEWEST, JobExport.NDJSON, new MockHttpServletResponse());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
