/** The service that does the work. */
@NullMarked
package dev.jobprocessor.worker;

import org.jspecify.annotations.NullMarked;
