package dev.jobprocessor.api.ui;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code ui.*}.
 *
 * @param location the directory of the built dashboard, such as {@code file:ui/dist/};
 * where it is empty, no dashboard is served
 */
@ConfigurationProperties("ui")
record UiSettings(@DefaultValue("") String location) {

    UiSettings {
        location = (location.isBlank() || location.endsWith("/")) ? location.strip() : location + "/";
    }

}
