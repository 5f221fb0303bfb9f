package dev.jobprocessor.worker.callback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.jobprocessor.worker.broker.MessageTraces;
import dev.jobprocessor.worker.broker.UndeliverableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Delivers callbacks by few calls at once, however many jobs finish in the same second:
 * what finishes while they are in flight is delivered together by the next.
 */
@Component
class CallbackClient {

    /** Callbacks of one call: the API's limit. */
    static final int MAX_GROUP = 100;

    private static final int MAX_GROUP_BYTES = 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(CallbackClient.class);

    private final CallbackEndpoint endpoint;

    private final JsonMapper json;

    private final MessageTraces traces;

    private final CallbackSettings settings;

    private final InstantSource time;

    private final AtomicReference<@Nullable Instant> unavailableSince = new AtomicReference<>();

    private final Queue<WaitingCallback> waiting = new ArrayDeque<>();

    private int calls;

    CallbackClient(CallbackEndpoint endpoint, JsonMapper json, MessageTraces traces, CallbackSettings settings,
            InstantSource time) {
        this.endpoint = endpoint;
        this.json = json;
        this.traces = traces;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Calls once. A result that the webhook refuses is reported as the job's failure
     * instead; a deferral is not.
     * @return whether the webhook settled the attempt, so that there is nothing left to
     * report
     * @throws UndeliverableException if it refuses the failure too, or a deferral
     */
    boolean deliver(Callback callback) throws InterruptedException, UndeliverableException {
        Reply reply = post(callback);
        if (reply instanceof Reply.Refused refused && callback.status() != Callback.Status.DEFERRED) {
            log.warn("{}: reporting the job as FAILED", refused.reason());
            reply = post(callback.refused(refused.reason()));
        }
        return switch (reply) {
            case Reply.Settled settled -> true;
            case Reply.Refused refused -> throw new UndeliverableException(refused.reason());
            case Reply.Foreign foreign -> false;
            case Reply.Unavailable unavailable -> false;
        };
    }

    /** How long the webhook has been unavailable; zero while it is available. */
    Duration outage() {
        Instant since = this.unavailableSince.get();
        return (since != null) ? Duration.between(since, this.time.instant()) : Duration.ZERO;
    }

    /** How many callbacks wait for a call. */
    synchronized int waiting() {
        return this.waiting.size();
    }

    private Reply post(Callback callback) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!begin(null)) {
            TracedCallback traced = new TracedCallback(callback, this.traces.parent());
            WaitingCallback waiting = new WaitingCallback(this.json.writeValueAsBytes(traced));
            if (!begin(waiting)) {
                return waiting.reply();
            }
        }
        try {
            return logged(this.endpoint.call(this.json.writeValueAsBytes(callback)));
        }
        finally {
            leave();
        }
    }

    /** Begins a call if one is free; else this one, if any, waits. */
    private synchronized boolean begin(@Nullable WaitingCallback otherwise) {
        if (this.calls < this.settings.maxConcurrency()) {
            this.calls++;
            return true;
        }
        if (otherwise != null && isLongUnavailable()) {
            otherwise.answer(new Reply.Unavailable("the calls before it failed"));
        }
        else if (otherwise != null) {
            this.waiting.add(otherwise);
        }
        return false;
    }

    private boolean isLongUnavailable() {
        return this.unavailableSince.get() != null && outage().compareTo(this.settings.retryFor()) >= 0;
    }

    /** The call is free, or goes on to those who wait. */
    private synchronized void leave() {
        if (this.waiting.isEmpty()) {
            this.calls--;
        }
        else {
            Thread.startVirtualThread(this::callForWaiting);
        }
    }

    private void callForWaiting() {
        for (List<WaitingCallback> group = next(); !group.isEmpty(); group = next()) {
            try {
                call(group);
            }
            catch (InterruptedException | RuntimeException | Error ex) {
                group.forEach((callback) -> callback.fail(ex));
            }
        }
    }

    private void call(List<WaitingCallback> group) throws InterruptedException {
        List<Reply> replies = this.endpoint.call(group.stream().map(WaitingCallback::body).toList());
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer(logged(replies.get(i)));
        }
    }

    private synchronized List<WaitingCallback> next() {
        List<WaitingCallback> group = new ArrayList<>();
        long bytes = 0;
        for (WaitingCallback next = this.waiting.peek(); next != null
                && fits(next, group, bytes); next = this.waiting.peek()) {
            bytes += next.bytes();
            group.add(this.waiting.remove());
        }
        this.calls -= group.isEmpty() ? 1 : 0;
        return group;
    }

    private static boolean fits(WaitingCallback next, List<WaitingCallback> group, long bytes) {
        return group.isEmpty() || group.size() < MAX_GROUP && bytes + next.bytes() <= MAX_GROUP_BYTES;
    }

    private Reply logged(Reply reply) {
        switch (reply) {
            case Reply.Foreign foreign -> reportUnavailable(foreign.reason());
            case Reply.Unavailable unavailable -> reportUnavailable(unavailable.reason());
            case Reply.Settled settled -> reportAvailable();
            case Reply.Refused refused -> reportAvailable();
        }
        return reply;
    }

    private void reportUnavailable(String reason) {
        if (this.unavailableSince.compareAndSet(null, this.time.instant())) {
            log.warn("The webhook is unavailable, retrying for {} s before results are parked: {}",
                    this.settings.retryFor().toSeconds(), reason);
        }
    }

    private void reportAvailable() {
        if (this.unavailableSince.getAndSet(null) != null) {
            log.info("The webhook is available again");
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record TracedCallback(@JsonUnwrapped Callback callback, @Nullable String traceparent) {
    }

}
