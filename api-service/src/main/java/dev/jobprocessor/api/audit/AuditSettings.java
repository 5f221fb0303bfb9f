package dev.jobprocessor.api.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code audit.*}.
 *
 * @param refusals how many refused calls of a minute without a valid credential have an
 * entry each, for each instance, at least 0
 */
@ConfigurationProperties("audit")
record AuditSettings(@DefaultValue("100") int refusals) {

    AuditSettings {
        if (refusals < 0) {
            throw new IllegalArgumentException("audit.refusals is at least 0");
        }
    }

}
