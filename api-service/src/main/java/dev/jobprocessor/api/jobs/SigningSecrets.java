package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.Nullable;

/** What deliveries to webhooks are signed with. */
public interface SigningSecrets {

    /**
     * Whether a submitter has one; null where access is open. Once it does, it always
     * does.
     */
    boolean existFor(@Nullable String submitter);

}
