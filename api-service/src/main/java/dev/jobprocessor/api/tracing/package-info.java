/** Which part of the traces is recorded and exported. */
@NullMarked
package dev.jobprocessor.api.tracing;

import org.jspecify.annotations.NullMarked;
