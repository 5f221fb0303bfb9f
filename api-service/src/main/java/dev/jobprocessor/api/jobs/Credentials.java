package dev.jobprocessor.api.jobs;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/** What was accepted at the start of a connection, which may outlive it. */
public interface Credentials {

    /** Whether a caller's credential still is valid; true where nobody needs one. */
    boolean areValid(@Nullable Principal caller);

}
