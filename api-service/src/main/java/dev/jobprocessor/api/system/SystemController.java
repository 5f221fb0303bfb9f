package dev.jobprocessor.api.system;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Health")
class SystemController {

    private final SystemChecks checks;

    private final SettingsInForce settings;

    private final Clock clock;

    private final String version;

    private final String instance;

    SystemController(SystemChecks checks, SettingsInForce settings, Clock clock,
            @Value("${spring.application.version:unknown}") String version) {
        this.checks = checks;
        this.settings = settings;
        this.clock = clock;
        this.version = version;
        this.instance = host() + "-" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        }
        catch (UnknownHostException ex) {
            return "api";
        }
    }

    @GetMapping(path = "/system", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Whether all parts work, and by which settings",
            description = "Of the instance that answers. Answered also while the database is unavailable. "
                    + "Secrets are not among the settings.")
    SystemView system() {
        return new SystemView(this.version, Runtime.version().toString(), this.instance, this.clock.instant(),
                this.checks.all(), this.settings.all());
    }

}
