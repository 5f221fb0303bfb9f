package dev.jobprocessor.api.http;

import dev.jobprocessor.api.database.DatabaseAvailability;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses calls while the database is known to be unavailable, before anything of their
 * body is read.
 */
@Component
class DatabaseGuard implements HandlerInterceptor, WebMvcConfigurer {

    private final DatabaseAvailability database;

    DatabaseGuard(DatabaseAvailability database) {
        this.database = database;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
            .addPathPatterns("/jobs/**", "/queues/**", "/workers/**", "/api-keys/**", "/audit/**", "/deliveries/**",
                    "/webhook-secrets/**", "/dead-letters/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (this.database.isUnavailable()) {
            throw new DataAccessResourceFailureException("it has not answered since an earlier call failed");
        }
        return true;
    }

}
