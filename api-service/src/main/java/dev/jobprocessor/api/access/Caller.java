package dev.jobprocessor.api.access;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the current call. */
final class Caller {

    private Caller() {
    }

    /** Null in open mode. */
    static @Nullable Authentication authentication() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    /** Null in open mode. */
    static @Nullable String name() {
        Authentication caller = authentication();
        return (caller != null) ? caller.getName() : null;
    }

}
