package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who makes the current call, and whose jobs it may see. */
@Component
public class Caller {

    private static final GrantedAuthority SEES_ALL = new SimpleGrantedAuthority("ROLE_VIEWER");

    /** Its name, as the jobs that it submits show it; null where access is open. */
    public @Nullable String name() {
        Authentication caller = authentication();
        return (caller != null) ? caller.getName() : null;
    }

    /** The submitter whose jobs alone it may see; null where it may see all. */
    public @Nullable String onlySubmitter() {
        Authentication caller = authentication();
        return (caller != null && !caller.getAuthorities().contains(SEES_ALL)) ? caller.getName() : null;
    }

    private static @Nullable Authentication authentication() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return (caller instanceof AnonymousAuthenticationToken) ? null : caller;
    }

}
