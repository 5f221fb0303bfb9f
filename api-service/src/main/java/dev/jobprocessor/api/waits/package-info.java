/**
 * Calls that wait until a job ends, as their clients prefer.
 */
@NullMarked
package dev.jobprocessor.api.waits;

import org.jspecify.annotations.NullMarked;
