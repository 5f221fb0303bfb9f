/**
 * What a job is, which moves it can make, and its REST face.
 */
@NullMarked
package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.NullMarked;
