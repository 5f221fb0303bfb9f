package dev.jobprocessor.api.webhooks;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.webhooks.OwnSecrets.NewSecret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Webhooks")
@RequestMapping(path = "/webhook-secrets", produces = MediaType.APPLICATION_JSON_VALUE)
class SecretController {

    private final OwnSecrets secrets;

    private final Caller caller;

    SecretController(OwnSecrets secrets, Caller caller) {
        this.secrets = secrets;
        this.caller = caller;
    }

    @GetMapping
    @Operation(summary = "List the caller's secrets that deliveries are signed with now, newest first",
            description = "Without their texts.")
    List<SecretView> list() {
        return this.secrets.valid(this.caller.name())
            .stream()
            .map((secret) -> new SecretView(secret.id(), secret.createdAt(), secret.validUntil(), null))
            .toList();
    }

    @PostMapping
    @Operation(summary = "Create a secret that deliveries to the caller's webhooks are signed with",
            description = "Its text is in this response alone. Older ones sign, too, for another 24 hours.")
    @ApiResponse(responseCode = "201", description = "The secret, with its text")
    ResponseEntity<SecretView> create() {
        NewSecret created = this.secrets.add(this.caller.name());
        return ResponseEntity.status(HttpStatus.CREATED)
            .cacheControl(CacheControl.noStore())
            .body(new SecretView(created.id(), created.createdAt(), null, created.text()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a secret, such as one that somebody else may know",
            description = "Deliveries, those that are pending too, are signed by the others from now on.")
    @ApiResponse(responseCode = "204", description = "It signs no more, at other instances within 10 seconds")
    @ApiResponse(responseCode = "404", description = "No such secret of the caller's signs")
    @ApiResponse(responseCode = "409", description = "It is the only one that signs: create another one first")
    void deleteSecret(@PathVariable String id) {
        this.secrets.delete(this.caller.name(), id);
    }

    /**
     * A secret as its owner sees it.
     *
     * @param validUntil until when it signs; absent for the newest one
     * @param secret its text, which is shown once: in the response that creates it
     */
    @Schema(name = "WebhookSecret")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SecretView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String id,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt, @Nullable Instant validUntil,
            @Nullable String secret) {
    }

}
