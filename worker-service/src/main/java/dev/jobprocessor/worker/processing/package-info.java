/** Does a job's work: simulated, by a workflow or by a language model. */
@NullMarked
package dev.jobprocessor.worker.processing;

import org.jspecify.annotations.NullMarked;
