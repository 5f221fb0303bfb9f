/**
 * How MongoDB is used: time-outs, long operations, and which of its errors pass.
 */
@NullMarked
package dev.jobprocessor.api.database;

import org.jspecify.annotations.NullMarked;
