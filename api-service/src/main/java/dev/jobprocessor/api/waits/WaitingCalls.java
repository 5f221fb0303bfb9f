package dev.jobprocessor.api.waits;

import java.util.Collections;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.jobprocessor.api.jobs.JobView;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Suspends calls whose clients prefer to wait for a job. A suspended call has neither a
 * thread nor memory reserved for its body.
 */
@Component
public class WaitingCalls {

    /** Waits end by themselves before. */
    private static final long TIMEOUT_MILLIS = 2 * PreferredWait.MAX_SECONDS * 1000L;

    private final JobWaits waits;

    WaitingCalls(JobWaits waits) {
        this.waits = waits;
    }

    /**
     * Suspends a call if its client prefers so, the job has not ended, and there is room
     * for it.
     * @param name the call's, in metrics
     * @param response starts the response once the job or the time has ended, on another
     * thread; gets the job as it ended, where that is known without reading it
     * @return whether it is suspended: nothing else may respond to it then
     */
    public boolean suspend(String id, HttpServletRequest request, HttpServletResponse servletResponse, String name,
            BiConsumer<AsyncContext, Optional<JobView>> response) {
        servletResponse.addHeader(HttpHeaders.VARY, PreferredWait.HEADER);
        Optional<PreferredWait> preferred = PreferredWait
            .of(Collections.list(request.getHeaders(PreferredWait.HEADER)));
        Optional<JobWait> wait = preferred.flatMap((time) -> this.waits.begin(id, time.time()));
        wait.ifPresent((begun) -> servletResponse.setHeader(PreferredWait.APPLIED, preferred.orElseThrow().applied()));
        if (wait.isEmpty() || wait.get().hasEnded()) {
            wait.ifPresent(JobWait::close);
            return false;
        }
        name(request, name);
        AsyncContext call = request.startAsync();
        call.setTimeout(TIMEOUT_MILLIS);
        call.addListener(new Closing(wait.get()));
        SilentConnection silence = SilentConnection.of(request);
        silence.begin();
        wait.get().onEnd((job) -> {
            silence.end();
            response.accept(call, job);
        });
        return true;
    }

    /** Names a call that waited, so that it counts by itself in metrics of times. */
    static void name(HttpServletRequest request, String name) {
        ServerHttpObservationFilter.findObservationContext(request)
            .ifPresent((observed) -> observed.setPathPattern(name));
    }

    /** Frees the place of a call, whether it was answered or its client is gone. */
    private record Closing(JobWait waiting) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            this.waiting.close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            this.waiting.close();
        }

        @Override
        public void onError(AsyncEvent event) {
            this.waiting.close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // a dispatched call waits no more
        }

    }

}
