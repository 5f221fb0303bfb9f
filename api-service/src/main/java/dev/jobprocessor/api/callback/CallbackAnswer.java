package dev.jobprocessor.api.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * What became of one of several callbacks.
 *
 * @param status what it would have been answered alone: 200, or 400, 404, 409 or 413
 * @param error why it is refused; absent with 200
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CallbackAnswer(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) int status, @Nullable String error) {

    static CallbackAnswer accepted() {
        return new CallbackAnswer(HttpStatus.OK.value(), null);
    }

    static CallbackAnswer refused(HttpStatus status, @Nullable String error) {
        return new CallbackAnswer(status.value(), error);
    }

}
