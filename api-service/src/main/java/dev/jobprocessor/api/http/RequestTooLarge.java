package dev.jobprocessor.api.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/** A body goes beyond its limit. */
class RequestTooLarge extends IOException {

    RequestTooLarge(long limit) {
        super("The body is too large: at most %,d bytes are read here.".formatted(limit));
    }

    static @Nullable RequestTooLarge causeOf(Throwable failure) {
        return (NestedExceptionUtils.getRootCause(failure) instanceof RequestTooLarge tooLarge) ? tooLarge : null;
    }

}
