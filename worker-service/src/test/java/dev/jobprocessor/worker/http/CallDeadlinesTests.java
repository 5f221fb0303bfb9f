package dev.jobprocessor.worker.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class CallDeadlinesTests {

    private final ExecRuntime connection = mock();

    @Test
    @Timeout(60)
    void closesAConnectionThatACallGetsAfterItsDeadline() {
        CountDownLatch twice = new CountDownLatch(2);
        willAnswer((invocation) -> {
            twice.countDown();
            return null;
        }).given(this.connection).discardEndpoint();
        try (CallDeadlines deadlines = new CallDeadlines()) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(
                    () -> deadlines.execute(new BasicClassicHttpRequest("GET", "/"), scope(), (request, scope) -> {
                        await(twice);
                        throw new IOException("closed");
                    }))
                .withMessage("The call took longer than 1 ms");
        }
    }

    private ExecChain.Scope scope() {
        HttpHost host = new HttpHost("localhost", 80);
        return new ExecChain.Scope("1", new HttpRoute(host), new BasicClassicHttpRequest("GET", "/"), this.connection,
                CallDeadlines.context(Duration.ofMillis(1)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
