package dev.jobprocessor.api.access;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Access")
class MeController {

    private final AccessSettings settings;

    MeController(AccessSettings settings) {
        this.settings = settings;
    }

    @GetMapping(path = "/me", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Who the caller is, and what it may do")
    Me me() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return (caller != null) ? new Me(caller.getName(), Role.of(caller.getAuthorities()), this.settings.mode())
                : new Me(null, Role.expanded(List.of(Role.ADMIN)), this.settings.mode());
    }

    /**
     * The caller.
     *
     * @param name as jobs show it in submittedBy; absent where access is open
     * @param roles with those that they include
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Me(@Nullable String name, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Set<Role> roles,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) AccessMode access) {
    }

}
