/** What running jobs write, shown until their results are there. */
@NullMarked
package dev.jobprocessor.api.output;

import org.jspecify.annotations.NullMarked;
