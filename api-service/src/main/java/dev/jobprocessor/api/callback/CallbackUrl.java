package dev.jobprocessor.api.callback;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The parameters of a callback's URL.
 *
 * @param attempt 1 or more
 */
record CallbackUrl(@Nullable String job, @Nullable Integer attempt, @Nullable String token) {

    /** Reads the query alone, not the parameters of a form body. */
    static CallbackUrl of(HttpServletRequest request) {
        MultiValueMap<String, String> query = UriComponentsBuilder.newInstance()
            .query(request.getQueryString())
            .build()
            .getQueryParams();
        return new CallbackUrl(query.getFirst(CallbackTokens.JOB), attempt(query.getFirst(CallbackTokens.ATTEMPT)),
                query.getFirst(CallbackTokens.TOKEN));
    }

    /** Returns null for what is no number of an attempt. */
    static @Nullable Integer attempt(@Nullable String text) {
        return (text != null && text.matches("[1-9]\\d{0,8}")) ? Integer.valueOf(text) : null;
    }

}
