package dev.jobprocessor.api.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Thrown at start in production where nobody needs a credential. */
class OpenAccessInProduction extends RuntimeException {

    OpenAccessInProduction() {
        super("ACCESS is open: whoever reaches this service could read, cancel and delete every job.");
    }

    static class Analyzer extends AbstractFailureAnalyzer<OpenAccessInProduction> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, OpenAccessInProduction cause) {
            return new FailureAnalysis(cause.getMessage(),
                    "Set ACCESS=required, or do not set it. The first key comes from ADMIN_API_KEY, or is logged at the first start.",
                    cause);
        }

    }

}
