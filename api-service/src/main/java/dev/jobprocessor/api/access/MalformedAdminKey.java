package dev.jobprocessor.api.access;

import java.security.SecureRandom;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Thrown at start where {@code ADMIN_API_KEY} is no key. Its text is not repeated. */
class MalformedAdminKey extends RuntimeException {

    MalformedAdminKey() {
        super("ADMIN_API_KEY is not an API key: jp_, 30 random letters and digits, and 6 of their checksum.");
    }

    static class Analyzer extends AbstractFailureAnalyzer<MalformedAdminKey> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, MalformedAdminKey cause) {
            return new FailureAnalysis(cause.getMessage(),
                    "Set it to one, such as this new one: %s. Without it, one is logged at the first start."
                        .formatted(KeyText.random(new SecureRandom()).value()),
                    cause);
        }

    }

}
