/**
 * Publishes accepted jobs from the outbox and records their starts.
 */
@NullMarked
package dev.jobprocessor.api.dispatch;

import org.jspecify.annotations.NullMarked;
