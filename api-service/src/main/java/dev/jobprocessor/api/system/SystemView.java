package dev.jobprocessor.api.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the service, what it depends on, and its settings.
 *
 * @param time by its clock
 * @param settings those in force by their names, texts that may be secrets masked
 */
@Schema(name = "System")
record SystemView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String version,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String java,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String instance,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant time,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Check> checks,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Map<String, String> settings) {

    /**
     * Whether a part works.
     *
     * @param detail a figure or version; null where there is none
     * @param count how many dead letters there are; null of every other part
     */
    @Schema(name = "SystemCheck")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Check(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) boolean ok, @Nullable String detail,
            @Nullable Long count) {

        Check(String name, boolean ok, @Nullable String detail) {
            this(name, ok, detail, null);
        }

    }

}
