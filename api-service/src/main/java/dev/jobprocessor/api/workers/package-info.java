/** The workers that report themselves: what they run, and what they must do. */
@NullMarked
package dev.jobprocessor.api.workers;

import org.jspecify.annotations.NullMarked;
