/**
 * The webhook through which workers and workflows report on jobs.
 */
@NullMarked
package dev.jobprocessor.api.callback;

import org.jspecify.annotations.NullMarked;
