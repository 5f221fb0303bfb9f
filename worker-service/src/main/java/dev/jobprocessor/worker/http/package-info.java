/** HTTP calls to other services. */
@NullMarked
package dev.jobprocessor.worker.http;

import org.jspecify.annotations.NullMarked;
