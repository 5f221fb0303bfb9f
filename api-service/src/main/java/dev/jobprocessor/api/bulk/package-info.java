/** Operations on all jobs that match a filter. */
@NullMarked
package dev.jobprocessor.api.bulk;

import org.jspecify.annotations.NullMarked;
