package dev.jobprocessor.api.http;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code cors.*}.
 *
 * @param allowedOrigins origins whose pages may call this service, as Spring's patterns:
 * {@code https://*.example.org}, {@code http://localhost:[*]}; where there are none,
 * those of this machine while access is open
 */
@ConfigurationProperties("cors")
record CrossOriginSettings(@DefaultValue List<String> allowedOrigins) {
}
