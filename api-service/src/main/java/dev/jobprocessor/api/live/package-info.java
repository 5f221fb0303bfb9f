/**
 * Changes of jobs, told to every instance of this service.
 */
@NullMarked
package dev.jobprocessor.api.live;

import org.jspecify.annotations.NullMarked;
