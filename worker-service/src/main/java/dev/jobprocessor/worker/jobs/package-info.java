/** Consumes jobs, has them processed and reports the outcomes. */
@NullMarked
package dev.jobprocessor.worker.jobs;

import org.jspecify.annotations.NullMarked;
