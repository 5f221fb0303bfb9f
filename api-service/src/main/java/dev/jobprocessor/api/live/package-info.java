/**
 * Changes of jobs, told to every instance of this service and to the dashboards that
 * follow.
 */
@NullMarked
package dev.jobprocessor.api.live;

import org.jspecify.annotations.NullMarked;
