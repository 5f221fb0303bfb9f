package dev.jobprocessor.api.callback;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Thrown at start in production where the secret is the public default. */
class DefaultSecretInProduction extends RuntimeException {

    DefaultSecretInProduction() {
        super("The webhook secret is the default one, or one of several is, which anybody can read in the source.");
    }

    static class Analyzer extends AbstractFailureAnalyzer<DefaultSecretInProduction> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, DefaultSecretInProduction cause) {
            return new FailureAnalysis(cause.getMessage(),
                    "Set WEBHOOK_SECRET (or each of WEBHOOK_SECRETS) to a long random text, the same for api-service and worker-service.",
                    cause);
        }

    }

}
