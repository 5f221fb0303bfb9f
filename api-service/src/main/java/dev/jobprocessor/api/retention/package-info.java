/** How long finished jobs are kept. */
@NullMarked
package dev.jobprocessor.api.retention;

import org.jspecify.annotations.NullMarked;
