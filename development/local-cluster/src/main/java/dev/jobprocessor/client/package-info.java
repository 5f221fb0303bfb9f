/**
 * Clients of services that run on this machine, for the launcher, tests and the
 * benchmark.
 */
@NullMarked
package dev.jobprocessor.client;

import org.jspecify.annotations.NullMarked;
