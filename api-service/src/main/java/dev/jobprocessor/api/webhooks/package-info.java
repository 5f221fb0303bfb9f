/**
 * Notifies the webhooks of jobs that these have ended.
 */
@NullMarked
package dev.jobprocessor.api.webhooks;

import org.jspecify.annotations.NullMarked;
