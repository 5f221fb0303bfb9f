package dev.jobprocessor.api.access;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether callers need a credential. */
enum AccessMode {

    /** Whoever reaches the service has all roles. */
    @JsonProperty("open")
    OPEN,

    @JsonProperty("required")
    REQUIRED

}
