package dev.jobprocessor.api.jobs;

import java.util.List;

/**
 * This instance has stored what attempts wrote, which {@link WrittenOutput} returns now.
 *
 * @param jobs ids
 */
public record OutputStored(List<String> jobs) {
}
