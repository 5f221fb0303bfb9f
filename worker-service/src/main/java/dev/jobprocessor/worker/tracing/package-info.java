/** Which part of the traces is recorded and exported. */
@NullMarked
package dev.jobprocessor.worker.tracing;

import org.jspecify.annotations.NullMarked;
