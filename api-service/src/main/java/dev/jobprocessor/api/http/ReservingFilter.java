package dev.jobprocessor.api.http;

import java.io.IOException;
import java.time.Duration;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Serves a request while memory is reserved for it, and refuses it where there is not
 * enough in time.
 */
abstract class ReservingFilter extends OncePerRequestFilter {

    private final Duration timeout;

    private final String refusal;

    private final HandlerExceptionResolver problems;

    /**
     * @param timeout how long a request waits for memory
     * @param refusal the sentence of the problem
     */
    ReservingFilter(Duration timeout, String refusal, HandlerExceptionResolver problems) {
        this.timeout = timeout;
        this.refusal = refusal;
        this.problems = problems;
    }

    /** Memory of which nothing is taken yet. */
    abstract Reservation reservation();

    abstract long bytes(HttpServletRequest request);

    HttpServletResponse counted(HttpServletResponse response, Reservation reservation) {
        return response;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Reservation reservation = reservation()) {
            if (reservation.await(bytes(request), this.timeout)) {
                chain.doFilter(request, counted(response, reservation));
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
        this.problems.resolveException(request, response, null, new Overloaded(this.refusal));
    }

}
