/** How this service calls others. */
@NullMarked
package dev.jobprocessor.worker.http;

import org.jspecify.annotations.NullMarked;
