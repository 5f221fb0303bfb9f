package dev.jobprocessor.api.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Health")
class HealthController {

    private final DatabaseHealth database;

    HealthController(DatabaseHealth database) {
        this.database = database;
    }

    @GetMapping("/health")
    @Operation(summary = "Whether jobs can be accepted")
    @ApiResponse(responseCode = "200", description = "status is ok")
    @ApiResponse(responseCode = "503", description = "status is unavailable: the database is")
    ResponseEntity<HealthView> health() {
        return this.database.health().getStatus().equals(Status.UP) ? ResponseEntity.ok(new HealthView("ok"))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new HealthView("unavailable"));
    }

    record HealthView(String status) {
    }

}
