package dev.jobprocessor.api.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Access")
@ConditionalOnRequiredAccess
class KeySignInController {

    private final ApiKeyAuthenticationProvider keys;

    private final SessionAuthenticationStrategy strategy;

    private final SecurityContextRepository contexts;

    private final AccessProblems problems;

    KeySignInController(ApiKeyAuthenticationProvider keys, SessionAuthenticationStrategy strategy,
            SecurityContextRepository contexts, AccessProblems problems) {
        this.keys = keys;
        this.strategy = strategy;
        this.contexts = contexts;
        this.problems = problems;
    }

    @PostMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign a browser in with an API key",
            description = "Sets the cookie session (over https __Host-session), which no script can read. The key is not "
                    + "kept: the session ends with it, or by DELETE /session. Needs X-XSRF-TOKEN, see GET /session.")
    void signIn(@Valid @RequestBody Key key, HttpServletRequest request, HttpServletResponse response) {
        Authentication caller = this.keys.authenticate(new KeyText(key.key().strip()));
        this.strategy.onAuthentication(caller, request, response);
        this.contexts.saveContext(new SecurityContextImpl(caller), request, response);
    }

    @ExceptionHandler
    void refuse(AuthenticationException refusal, HttpServletRequest request, HttpServletResponse response) {
        this.problems.onAuthenticationFailure(request, response, refusal);
    }

    /** An API key. */
    record Key(@NotBlank(message = "must be an API key") @Size(max = 200, message = "must be an API key") String key) {

        @Override
        public String toString() {
            return "Key[***]";
        }

    }

}
