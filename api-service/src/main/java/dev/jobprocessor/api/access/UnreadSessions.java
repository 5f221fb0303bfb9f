package dev.jobprocessor.api.access;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Reports as a problem that a filter could not read a session, as controllers do. */
class UnreadSessions extends OncePerRequestFilter {

    private final HandlerExceptionResolver problems;

    UnreadSessions(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        }
        catch (DataAccessException ex) {
            if (response.isCommitted()) {
                throw ex;
            }
            this.problems.resolveException(request, response, null, ex);
        }
    }

}
