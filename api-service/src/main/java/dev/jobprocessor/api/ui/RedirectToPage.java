package dev.jobprocessor.api.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Leads a browser from an address of several segments to the page, a segment at a time:
 * the page refers to its files relative to its own address, and the redirect is relative
 * too, so that both hold under the sub-path of a proxy.
 */
class RedirectToPage implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String path = request.getRequestURI().substring(request.getContextPath().length() + 1);
        if (!hasSegments(path) || !SpaResourceResolver.opensPage(request, path)) {
            return true;
        }
        String query = StringUtils.hasText(request.getQueryString()) ? "?" + request.getQueryString() : "";
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader(HttpHeaders.LOCATION, "../" + query);
        return false;
    }

    /** The dashboard's own routes have neither dots nor escapes. */
    private static boolean hasSegments(String path) {
        return path.contains("/") && !path.contains(".") && !path.contains("%");
    }

}
