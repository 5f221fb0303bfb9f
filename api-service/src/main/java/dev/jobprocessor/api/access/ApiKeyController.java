package dev.jobprocessor.api.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Access")
@RequestMapping(path = "/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyController.class);

    private final SecureRandom random = new SecureRandom();

    private final ApiKeys keys;

    private final KnownKeys known;

    private final Clock clock;

    private final Caller caller;

    ApiKeyController(ApiKeys keys, KnownKeys known, Clock clock, Caller caller) {
        this.keys = keys;
        this.known = known;
        this.clock = clock;
        this.caller = caller;
    }

    @GetMapping
    @Operation(summary = "List the API keys, newest first",
            description = "At most 1,000; revoked ones for 30 days. Their texts are not stored.")
    List<ApiKeyView> list() {
        return this.keys.all().stream().map(ApiKeyView::of).toList();
    }

    @PostMapping
    @Operation(summary = "Create an API key", description = "Its text is in this response alone.")
    @ApiResponse(responseCode = "201", description = "The key, with its text")
    ResponseEntity<ApiKeyView> create(@Valid @RequestBody NewKey wanted) {
        KeyText text = KeyText.random(this.random);
        ApiKey key = this.keys.add(wanted.key(text, this.clock.instant(), this.caller.name()));
        this.known.changed();
        log.info("The key {} of {} is created", key.id(), key.name());
        return ResponseEntity.status(HttpStatus.CREATED)
            .cacheControl(CacheControl.noStore())
            .body(ApiKeyView.created(key, text));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke an API key", description = "On every instance within 10 seconds.")
    void revoke(@PathVariable String id) {
        if (Caller.authentication() instanceof KeyAuthentication) { // others remain
                                                                    // admins
            this.keys.requireAnotherAdmin(id);
        }
        this.keys.revoke(id);
        this.known.changed();
        log.info("The key {} is revoked", id);
    }

    /**
     * What a key shall be.
     *
     * @param name of whoever will use it: 1 to 64 letters, digits, points, underscores,
     * dashes and spaces, not at its ends
     * @param expiresAt in the future; where it is absent, the key does not expire
     */
    record NewKey(
            @NotNull(message = NewKey.NAME_RULE) @Pattern(regexp = NewKey.NAME,
                    message = NewKey.NAME_RULE) @Nullable String name,
            @NotEmpty(message = "must have at least one role") @Nullable Set<@NotNull(
                    message = "must be a role") Role> roles,
            @Future(message = "must be in the future") @Nullable Instant expiresAt) {

        static final String NAME = "(?! )[A-Za-z0-9._ -]{1,64}(?<! )";

        static final String NAME_RULE = "must have 1 to 64 characters of A-Z, a-z, 0-9, '.', '_', '-' and inner spaces";

        NewKey {
            expiresAt = (expiresAt != null) ? JobRequest.storable(expiresAt) : null;
        }

        ApiKey key(KeyText text, Instant now, @Nullable String createdBy) {
            return ApiKey.of(text, Objects.requireNonNull(this.name), Objects.requireNonNull(this.roles), now,
                    createdBy, this.expiresAt);
        }

    }

}
