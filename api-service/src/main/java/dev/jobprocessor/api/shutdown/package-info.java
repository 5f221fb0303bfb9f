/**
 * In which order the service stops, so that nothing that was accepted is lost.
 */
@NullMarked
package dev.jobprocessor.api.shutdown;

import org.jspecify.annotations.NullMarked;
