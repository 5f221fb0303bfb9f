/** Groups of failed jobs that failed for the same reason. */
@NullMarked
package dev.jobprocessor.api.failures;

import org.jspecify.annotations.NullMarked;
