/** Takes jobs, has them processed and reports how they ended. */
@NullMarked
package dev.jobprocessor.worker.jobs;

import org.jspecify.annotations.NullMarked;
