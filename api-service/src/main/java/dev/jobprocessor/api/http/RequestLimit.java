package dev.jobprocessor.api.http;

import java.io.IOException;
import java.time.Duration;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds how many requests are served at the same time: each has a stack and buffers,
 * whatever its body, and keeps them for as long as it waits for the database or its
 * client. A burst waits for a moment; what still finds no room is refused.
 */
@Component
class RequestLimit extends OncePerRequestFilter {

    /** With the one that a reservation adds to whole KiB, 64 KiB. */
    static final int REQUEST_BYTES = 63 * 1024;

    private static final Duration TIMEOUT = Duration.ofMillis(250);

    private final RequestMemory memory;

    private final HandlerExceptionResolver problems;

    RequestLimit(RequestMemory memory, @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.memory = memory;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Reservation reservation = this.memory.requestReservation()) {
            if (reservation.await(REQUEST_BYTES, TIMEOUT)) {
                chain.doFilter(request, response);
            }
            else {
                refuse(request, response);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            refuse(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) {
        this.problems.resolveException(request, response, null,
                new Overloaded("As many requests are served as this instance bears, please try again."));
    }

}
