/**
 * Common to all calls: problems, limits, origins and health.
 */
@NullMarked
package dev.jobprocessor.api.http;

import org.jspecify.annotations.NullMarked;
