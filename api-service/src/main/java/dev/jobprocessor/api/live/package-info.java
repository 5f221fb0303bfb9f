/**
 * Publishes changes of jobs to every instance of this service and to subscribed
 * dashboards.
 */
@NullMarked
package dev.jobprocessor.api.live;

import org.jspecify.annotations.NullMarked;
