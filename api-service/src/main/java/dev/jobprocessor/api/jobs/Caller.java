package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who makes the current call, and whose jobs it may see and change. */
@Component
public class Caller {

    private static final GrantedAuthority READS_ALL = new SimpleGrantedAuthority("ROLE_VIEWER");

    private static final GrantedAuthority CHANGES_ALL = new SimpleGrantedAuthority("ROLE_OPERATOR");

    /** Its name, as the jobs that it submits show it; null where access is open. */
    public @Nullable String name() {
        Authentication caller = authentication();
        return (caller != null) ? caller.getName() : null;
    }

    /** The submitter whose jobs alone it may see; null where it may see all. */
    public @Nullable String readsOnly() {
        return nameWithout(READS_ALL);
    }

    /** The submitter whose jobs alone it may change; null where it may change all. */
    public @Nullable String changesOnly() {
        return nameWithout(CHANGES_ALL);
    }

    private static @Nullable String nameWithout(GrantedAuthority authority) {
        Authentication caller = authentication();
        return (caller != null && !caller.getAuthorities().contains(authority)) ? caller.getName() : null;
    }

    /** Its credential; null where it has none, and where access is open. */
    public static @Nullable Authentication authentication() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return (caller instanceof AnonymousAuthenticationToken) ? null : caller;
    }

}
