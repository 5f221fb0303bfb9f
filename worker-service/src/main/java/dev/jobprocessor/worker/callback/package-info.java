/** Tells the API how jobs ended, and keeps what it could not tell. */
@NullMarked
package dev.jobprocessor.worker.callback;

import org.jspecify.annotations.NullMarked;
