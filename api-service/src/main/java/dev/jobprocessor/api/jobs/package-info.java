/**
 * What a job is, which moves it can make, and who moves it.
 */
@NullMarked
package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.NullMarked;
