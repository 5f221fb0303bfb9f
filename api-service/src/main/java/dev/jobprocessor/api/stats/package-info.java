/**
 * Statistics: how many jobs there are in which state, and how fast they are processed.
 */
@NullMarked
package dev.jobprocessor.api.stats;

import org.jspecify.annotations.NullMarked;
