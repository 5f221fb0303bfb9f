/** The queues that jobs wait in: which there are, and which are paused. */
@NullMarked
package dev.jobprocessor.api.queues;

import org.jspecify.annotations.NullMarked;
