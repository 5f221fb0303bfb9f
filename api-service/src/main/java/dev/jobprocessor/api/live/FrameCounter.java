package dev.jobprocessor.api.live;

import io.micrometer.core.instrument.Counter;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.ChannelInterceptor;

/** Counts the frames of a channel, without heartbeats. */
class FrameCounter implements ChannelInterceptor {

    private final Counter frames;

    FrameCounter(Counter frames) {
        this.frames = frames;
    }

    @Override
    public void postSend(Message<?> message, MessageChannel channel, boolean sent) {
        if (SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) != SimpMessageType.HEARTBEAT) {
            this.frames.increment();
        }
    }

}
