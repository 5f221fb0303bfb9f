package dev.jobprocessor.api.live;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;

/**
 * Counts the frames that are refused. Whoever opens a WebSocket can cause as many as they
 * like, so that none is logged.
 */
class RefusedFrames implements ChannelInterceptor {

    private final Counter frames;

    RefusedFrames(Counter frames) {
        this.frames = frames;
    }

    @Override
    public void afterSendCompletion(Message<?> message, MessageChannel channel, boolean sent, @Nullable Exception ex) {
        if (ex != null) {
            this.frames.increment();
        }
    }

}
