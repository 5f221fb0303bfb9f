package dev.jobprocessor.worker.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * Closes the connection of a call that exceeds its total timeout. (A read timeout
 * restarts with each byte, so that a slow peer could hold a call forever.)
 */
final class CallDeadlines implements ExecChainHandler, AutoCloseable {

    private static final String TIMEOUT = CallDeadlines.class.getName();

    private static final String STALL = StreamStall.class.getName();

    private static final Duration REPEAT = Duration.ofMillis(100);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("call-deadlines").factory());

    CallDeadlines() {
        this.timer.setRemoveOnCancelPolicy(true);
    }

    static HttpClientContext context(Duration timeout) {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(TIMEOUT, timeout);
        return context;
    }

    static HttpClientContext context(Duration timeout, StreamStall stall) {
        HttpClientContext context = context(timeout);
        context.setAttribute(STALL, stall);
        return context;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Duration timeout = (Duration) scope.clientContext.getAttribute(TIMEOUT);
        CallDeadline deadline = new CallDeadline(timeout, scope.execRuntime::discardEndpoint);
        // Repeated, since the call may not have its connection yet.
        deadline.start((task) -> this.timer.scheduleWithFixedDelay(task, timeout.toMillis(), REPEAT.toMillis(),
                TimeUnit.MILLISECONDS));
        if (scope.clientContext.getAttribute(STALL) instanceof StreamStall stall) {
            deadline.watch(stall, (task) -> this.timer.scheduleWithFixedDelay(task, REPEAT.toMillis(),
                    REPEAT.toMillis(), TimeUnit.MILLISECONDS));
        }
        try {
            return bounded(chain.proceed(request, scope), deadline);
        }
        catch (IOException | HttpException | RuntimeException ex) {
            deadline.end();
            deadline.throwIfMissed(ex);
            throw ex;
        }
    }

    private static ClassicHttpResponse bounded(ClassicHttpResponse response, CallDeadline deadline) {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new BoundedEntity(entity, deadline));
        }
        else {
            deadline.end();
        }
        return response;
    }

    @Override
    public void close() {
        this.timer.shutdownNow();
    }

}
