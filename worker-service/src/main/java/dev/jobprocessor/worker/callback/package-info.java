/** Reports results to the API, and parks those that it cannot report yet. */
@NullMarked
package dev.jobprocessor.worker.callback;

import org.jspecify.annotations.NullMarked;
