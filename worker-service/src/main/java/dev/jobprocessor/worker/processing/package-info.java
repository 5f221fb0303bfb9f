/** Processors of jobs: simulated, n8n workflows or language models. */
@NullMarked
package dev.jobprocessor.worker.processing;

import org.jspecify.annotations.NullMarked;
