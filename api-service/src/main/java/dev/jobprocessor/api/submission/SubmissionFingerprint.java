package dev.jobprocessor.api.submission;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import dev.jobprocessor.api.jobs.JobRequest;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Tells whether two calls with the same {@link IdempotencyKey} ask for the same: SHA-256
 * of all they submit, as JSON without what is null. An option that a later version adds
 * changes no fingerprint of a call that does not use it.
 */
@Component
class SubmissionFingerprint {

    private final JsonMapper mapper;

    SubmissionFingerprint(JsonMapper mapper) {
        this.mapper = mapper;
    }

    String of(List<JobRequest> jobs) {
        return HexFormat.of().formatHex(sha256().digest(this.mapper.writeValueAsBytes(jobs)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every JDK has it
        }
    }

}
