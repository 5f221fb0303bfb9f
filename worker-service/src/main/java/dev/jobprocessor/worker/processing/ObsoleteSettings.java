package dev.jobprocessor.worker.processing;

import java.util.Locale;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Warns of settings of earlier versions that are no longer read. */
@Component
class ObsoleteSettings {

    private static final Logger log = LoggerFactory.getLogger(ObsoleteSettings.class);

    private static final Map<String, String> REPLACEMENTS = Map.of("worker.n8n.max-retries",
            "a job that n8n refuses is deferred, for as long as JOBS_DEFERRAL_DEADLINE of the API allows",
            "worker.n8n.retry-delay", "while n8n is unavailable the delay grows from 5 s to a minute");

    ObsoleteSettings(Environment environment) {
        REPLACEMENTS.forEach((setting, replacement) -> {
            if (environment.containsProperty(setting)) {
                log.warn("{} is set, but no longer read: {}", variable(setting), replacement);
            }
        });
    }

    private static String variable(String setting) {
        return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

}
