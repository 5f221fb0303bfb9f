package dev.jobprocessor.api.http;

import java.time.Duration;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds how many requests are served at the same time: each has a stack and buffers,
 * whatever its body, and keeps them for as long as it waits for the database or its
 * client. A burst waits for a moment; what still finds no room is refused.
 */
@Component
@Order(1) // before credentials are checked, which may ask the database
class RequestLimit extends ReservingFilter {

    /** With the one that a reservation adds to whole KiB, 64 KiB. */
    static final int REQUEST_BYTES = 63 * 1024;

    private static final Duration TIMEOUT = Duration.ofMillis(250);

    private final RequestMemory memory;

    RequestLimit(RequestMemory memory, @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(TIMEOUT, "As many requests are served as this instance bears, please try again.", problems);
        this.memory = memory;
    }

    @Override
    Reservation reservation() {
        return this.memory.requestReservation();
    }

    @Override
    long bytes(HttpServletRequest request) {
        return REQUEST_BYTES;
    }

}
